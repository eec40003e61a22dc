package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import witan.actors.effect.Effects;
import witan.actors.effect.HttpEffectSettings;
import witan.actors.planning.ResponsePlanning;
import witan.actors.service.StatementService;
import witan.actors.testing.FakeCluster;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.governance.Assurance;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.planning.PlannedWorkflow.PlanNode;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.Charter;
import witan.domain.registry.Guardians;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Veto;
import witan.signing.TypedData;

/** Whole executions of workflows that are no line, and two executors at once. */
class ExecutorBranchesTest {
  private static final CaseId CASE = new CaseId("c-1");
  private static ActorTestKit kit;

  private final MemoryCouncil council = new MemoryCouncil();
  private final FakeCluster cluster = new FakeCluster();
  private final Playbooks playbooks = new Playbooks();
  private final Map<String, PlannedStep> steps = new LinkedHashMap<>();
  private final Map<String, PlanNode> nodes = new LinkedHashMap<>();

  @BeforeAll
  static void start() {
    kit =
        ActorTestKit.create(
            ConfigFactory.parseString("akka.actor.provider = local")
                .withFallback(ConfigFactory.parseResources("witan-execution.conf"))
                .withFallback(ConfigFactory.load())
                .resolve());
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  private void approve() throws Exception {
    Charter like = MemoryCouncil.charter(Assurance.IMMEDIATE);
    council.found(
        new Charter(
            like.councilId(),
            like.name(),
            like.domain(),
            like.seats(),
            like.policies(),
            null,
            Guardians.of(List.of("m1"))));
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "{}"));
    RegistryLog registry = council.registry();
    new ResponsePlanning(registry, council, playbooks, council.playbooks(), council)
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    council.now = council.now.plusSeconds(10);
    council.vote(CASE, 0, Support.FOR);
    council.vote(CASE, 1, Support.FOR);
    playbooks.workflow = target -> workflow(target);
  }

  private PlannedWorkflow workflow(Target target) {
    nodes.put("end", new PlanNode("end", List.of(), List.of(), Duration.ZERO, "", ""));
    Map<String, PlannedStep> on = new LinkedHashMap<>();
    steps.forEach((id, s) -> on.put(id, Playbooks.step(id, s.command(), target, s.reversible())));
    return new PlannedWorkflow(on, nodes, nodes.keySet().iterator().next(), "");
  }

  private void action(String id, String command, String next, String failure, boolean reversible) {
    steps.put(id, Playbooks.step(id, command, Playbooks.POD, reversible));
    nodes.put(id, new PlanNode(id, List.of(id), List.of(), Duration.ZERO, next, failure));
  }

  private ActorRef<ExecutorMessage> executor() {
    TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
    ExecutionSettings quick =
        new ExecutionSettings(
            Duration.ofSeconds(30),
            Duration.ofMillis(1),
            Duration.ofMillis(4),
            4,
            Duration.ofMillis(5),
            Duration.ofMinutes(1));
    DecisionCheck check = DecisionChecks.of(council, playbooks);
    Effects effects = new Effects(cluster, HttpEffectSettings.none());
    ActorRef<ExecutorMessage> executor =
        kit.spawn(
            ExecutorEntity.create(
                CASE,
                shard.getRef(),
                new ExecutorTools(
                    council.caseLog(),
                    council,
                    check,
                    effects,
                    Drifts.check(council, playbooks, effects),
                    Drifts.containment(council, playbooks, effects, Drifts.terms()),
                    Drifts.noChanges(),
                    Drifts.KEY,
                    quick,
                    new Lanes(4),
                    () -> council.now)));
    executor.tell(new ExecutorMessage.Wake(CASE));
    return executor;
  }

  private CaseState awaitClosed() {
    return kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertTrue(council.state(CASE).sealed(), () -> council.state(CASE).toString());
              return council.state(CASE);
            });
  }

  @Test
  void aFailedReversibleStepIsTakenBackAndItsHandlerGoesOn() throws Exception {
    action("a", "quarantine-label", "end", "h", true);
    action("h", "delete-pod", "end", "", false);
    approve();
    cluster.script.add(FakeCluster.Behaviour.REFUSE);
    executor();

    CaseState end = awaitClosed();

    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertEquals(List.of("perform a", "perform undo:a", "perform h"), cluster.calls);
    assertEquals("release-label", end.execution().intents().get("undo:a").action());
    assertEquals("c-1/a", end.execution().intents().get("undo:a").parameters().get("fence"));
  }

  /** Whatever the reason: a case that does not move is looked at again at the executor's pace. */
  @Test
  void whatWasLoggedBeforeItWasReadIsNotAskedForAtOnceAgain() throws Exception {
    action("a", "quarantine-label", "end", "", false);
    approve();
    long index = council.size();
    council.before =
        command ->
            command instanceof CaseCommand.StartExecution
                ? Optional.of(new Answer.Done<>(new Receipt("case|c-1", 1, index, true)))
                : Optional.empty();
    Logger logger = (Logger) LoggerFactory.getLogger(ExecutorEntity.class);
    logger.setLevel(Level.INFO);
    try {
      LoggingTestKit.info("waits: StartExecution was logged before")
          .expect(kit.system(), this::executor);
    } finally {
      logger.setLevel(null);
    }
  }

  @Test
  void parallelBranchesGoOnWhileAPersonIsAsked() throws Exception {
    nodes.put("p", new PlanNode("p", List.of(), List.of("m", "a"), Duration.ZERO, "c", ""));
    action("m", "manual", "end", "", false);
    action("a", "quarantine-label", "end", "", false);
    action("c", "delete-pod", "end", "", false);
    approve();
    executor();
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertNotNull(council.state(CASE).execution());
              assertTrue(council.state(CASE).execution().observations().containsKey("a"));
              return null;
            });
    assertEquals(List.of("perform a"), cluster.calls, "what follows waits for all");

    statements()
        .confirm(CASE, "m", council.confirmation(CASE, "m", true, 1))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);

    assertEquals(ExecutionOutcome.SUCCEEDED, awaitClosed().execution().outcome());
    assertEquals(List.of("perform a", "perform c"), cluster.calls);
  }

  private StatementService statements() {
    return new StatementService(
        council.caseLog(), council.aggregate(), council, MemoryCouncil.ID, () -> council.now);
  }

  /** As a member does. */
  private void abort(boolean undo) {
    Answer<Receipt> answer =
        statements().abort(CASE, council.abort(CASE, undo, 1)).toCompletableFuture().join();
    assertInstanceOf(Answer.Done.class, answer, answer.toString());
  }

  /** As a case node logs it that wants to go on; and as every node did before members signed. */
  @Test
  void aTokensWordOpensNoGate() throws Exception {
    asked();

    council.forge(
        CASE,
        new CaseEvent.StepObserved(
            "m", 1, StepOutcome.DONE, "confirmed by p1:olga", "[]", council.now, null, "s", null));

    CaseState end = awaitClosed();
    assertEquals(ExecutionOutcome.FAILED, end.execution().outcome());
    assertTrue(end.execution().ended().detail().contains("forged_observation"));
    assertEquals(List.of(), cluster.calls);
  }

  @Test
  void aStatementThatTheRegistryHasNotRecordedOpensNoGate() throws Exception {
    asked();

    council.decide(
        CASE,
        new CaseCommand.ConfirmStep(
            "m", new RecordedStatement(council.confirmation(CASE, "m", true, 1), 1)));

    CaseState end = awaitClosed();
    assertTrue(end.execution().ended().detail().contains("recorded no such statement"));
    assertEquals(List.of(), cluster.calls);
  }

  private void asked() throws Exception {
    action("m", "manual", "c", "", false);
    action("c", "delete-pod", "end", "", false);
    approve();
    executor();
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertNotNull(council.state(CASE).execution());
              assertTrue(council.state(CASE).execution().intents().containsKey("m"));
              return null;
            });
  }

  @Test
  void whatNobodyConfirmsFailsAtItsDeadline() throws Exception {
    action("m", "manual", "end", "", false);
    approve();
    executor();
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertNotNull(council.state(CASE).execution());
              assertTrue(council.state(CASE).execution().intents().containsKey("m"));
              return null;
            });
    council.now = council.now.plusSeconds(31);

    CaseState end = awaitClosed();

    assertEquals(ExecutionOutcome.FAILED, end.execution().outcome());
    assertEquals(StepOutcome.FAILED, end.execution().observations().get("m").outcome());
  }

  @Test
  void aDelayIsWaitedForAndSurvivesTheExecutor() throws Exception {
    nodes.put("d", new PlanNode("d", List.of(), List.of(), Duration.ofHours(1), "a", ""));
    action("a", "quarantine-label", "end", "", false);
    approve();
    ActorRef<ExecutorMessage> first = executor();
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertNotNull(council.state(CASE).execution());
              return null;
            });
    kit.stop(first);
    assertEquals(List.of(), cluster.calls);
    council.now = council.now.plus(Duration.ofHours(1));
    executor();

    assertEquals(ExecutionOutcome.SUCCEEDED, awaitClosed().execution().outcome());
    assertEquals(List.of("perform a"), cluster.calls);
  }

  @Test
  void anAbortDuringADelayEndsItAndTakesBackWhatWasDoneTheNewestFirst() throws Exception {
    action("a", "quarantine-label", "b", "", true);
    action("b", "quarantine-label", "d", "", true);
    nodes.put("d", new PlanNode("d", List.of(), List.of(), Duration.ofHours(1), "c", ""));
    action("c", "delete-pod", "end", "", false);
    approve();
    ActorRef<ExecutorMessage> executor = executor();
    awaitObserved("b");

    abort(true);
    executor.tell(new ExecutorMessage.Wake(CASE));

    CaseState end = awaitClosed();
    assertEquals(ExecutionOutcome.ABORTED, end.execution().outcome());
    assertEquals("aborted", end.closeReason());
    assertEquals(
        List.of("perform a", "perform b", "perform undo:b", "perform undo:a"), cluster.calls);
  }

  @Test
  void anAbortWithoutUndoLeavesWhatWasDone() throws Exception {
    action("a", "quarantine-label", "m", "", true);
    action("m", "manual", "end", "", false);
    approve();
    executor();
    awaitObserved("a");

    abort(false);

    CaseState end = awaitClosed();
    assertEquals(ExecutionOutcome.ABORTED, end.execution().outcome());
    assertEquals(List.of("perform a"), cluster.calls);
  }

  /** As a case node logs it: what an executor did is taken back, whatever the forgery says. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAbortThatNoMemberSignedVoidsTheCase(boolean undo) throws Exception {
    action("a", "quarantine-label", "m", "", true);
    action("m", "manual", "end", "", false);
    approve();
    executor();
    awaitObserved("a");

    council.forge(
        CASE, new CaseEvent.AbortRequested("p1:olga", "stop", undo, council.now, "sealed"));

    CaseState end = awaitClosed();
    assertTrue(
        end.execution().ended().detail().startsWith("forged_abort"),
        end.execution().ended().detail());
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
    assertTrue(council.commands.stream().anyMatch(CaseCommand.ReopenCase.class::isInstance));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAbortThatTheRegistryHasNotRecordedVoidsTheCase(boolean undo) throws Exception {
    action("a", "quarantine-label", "m", "", true);
    action("m", "manual", "end", "", false);
    approve();
    executor();
    awaitObserved("a");

    council.decide(
        CASE,
        new CaseCommand.AbortExecution(new RecordedStatement(council.abort(CASE, undo, 1), 1)));

    CaseState end = awaitClosed();
    assertTrue(
        end.execution().ended().detail().contains("recorded no such statement"),
        end.execution().ended().detail());
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
  }

  @Test
  void aVetoThatTheRegistryHasNotRecordedVoidsTheCase() throws Exception {
    action("a", "quarantine-label", "m", "", true);
    action("m", "manual", "end", "", false);
    approve();
    executor();
    awaitObserved("a");

    council.decide(CASE, new CaseCommand.VetoProposal(veto(), 1));

    CaseState end = awaitClosed();
    assertTrue(
        end.execution().ended().detail().contains("recorded no such veto"),
        end.execution().ended().detail());
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
  }

  @Test
  void anIntendedStepIsNotBegunAfterAnAbort() throws Exception {
    action("a", "quarantine-label", "end", "", true);
    approve();
    council.after =
        command -> {
          if (command instanceof CaseCommand.IntendStep) {
            abort(true);
          }
          return Optional.empty();
        };
    executor();

    CaseState end = awaitClosed();

    assertEquals(ExecutionOutcome.ABORTED, end.execution().outcome());
    assertEquals(StepOutcome.FAILED, end.execution().observations().get("a").outcome());
    assertEquals(List.of("perform undo:a"), cluster.calls, "what may be half done is taken back");
  }

  @Test
  void anAbortBetweenTheLastStepAndTheEndCounts() throws Exception {
    action("a", "quarantine-label", "end", "", true);
    approve();
    council.before =
        command -> {
          if (command instanceof CaseCommand.EndExecution) {
            abort(true);
          }
          return Optional.empty();
        };
    executor();

    assertEquals(ExecutionOutcome.ABORTED, awaitClosed().execution().outcome());
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
  }

  @Test
  void aVetoDuringAnExecutionBeginsNoFurtherStepAndTakesBackWhatWasDone() throws Exception {
    action("a", "quarantine-label", "d", "", true);
    nodes.put("d", new PlanNode("d", List.of(), List.of(), Duration.ofHours(1), "b", ""));
    action("b", "delete-pod", "end", "", false);
    approve();
    ActorRef<ExecutorMessage> executor = executor();
    awaitObserved("a");

    SignedVeto veto = veto();
    long seq = council.registryState().seq() + 1;
    council.toRegistry(MemoryCouncil.ID, new RegistryCommand.RecordVeto(CASE, veto));
    council.decide(CASE, new CaseCommand.VetoProposal(veto, seq));
    executor.tell(new ExecutorMessage.Wake(CASE));

    assertEquals("vetoed", awaitClosed().closeReason());
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
  }

  private SignedVeto veto() {
    Veto veto =
        new Veto(
            council.registryState().charterHash(),
            council.hasher().text(CASE.value()),
            council.state(CASE).voting().proposalHash(),
            MemoryCouncil.address(1),
            council.hasher().text("no"),
            1,
            council.now.getEpochSecond() + 60);
    byte[] digest = TypedData.digest(MemoryCouncil.DOMAIN, veto);
    return new SignedVeto(veto, "no", Hex.of(Signatures.sign(digest, MemoryCouncil.key(1))));
  }

  private void awaitObserved(String step) {
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertNotNull(council.state(CASE).execution());
              assertTrue(council.state(CASE).execution().observations().containsKey(step));
              return null;
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoExecutorsRaceAndTheEffectHappensOnceOrIsUnknown(boolean fencing) throws Exception {
    action("a", "quarantine-label", "b", "", false);
    action("b", "delete-pod", "end", "", false);
    approve();
    cluster.fencing = fencing;
    executor();
    executor();
    executor();

    CaseState end = awaitClosed();

    cluster.effects.forEach((fence, times) -> assertEquals(1, times, fence));
    if (fencing) {
      assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
      assertEquals(2, cluster.effects.size());
    } else {
      assertTrue(
          end.execution().outcome() == ExecutionOutcome.UNKNOWN
              || end.execution().outcome() == ExecutionOutcome.SUCCEEDED,
          () -> end.execution().toString());
    }
  }
}
