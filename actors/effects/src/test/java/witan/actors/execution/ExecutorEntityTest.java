package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import witan.actors.kubernetes.FakeCluster;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.domain.api.Anchors;
import witan.domain.api.Answer;
import witan.domain.common.CaseId;
import witan.domain.governance.Assurance;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;

class ExecutorEntityTest {
  private static final CaseId CASE = new CaseId("c-1");

  private static ActorTestKit kit;

  private final MemoryCouncil council = new MemoryCouncil();
  private final FakeCluster cluster = new FakeCluster();
  private Anchors.Status anchors = DecisionChecks.NO_CHAIN;

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

  private void approve(Assurance assurance) throws Exception {
    council.found(assurance);
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "{}"));
    RegistryLog registry = council.registry();
    new ResponsePlanning(registry, council, new Playbooks(), council.playbooks(), council)
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    assertEquals(Phase.VOTING, council.state(CASE).phase());
    council.now = council.now.plusSeconds(10);
    council.vote(CASE, 0, Support.FOR);
    council.vote(CASE, 1, Support.FOR);
    assertEquals(Phase.APPROVED, council.state(CASE).phase());
    council.commands.clear();
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
    DecisionCheck check = DecisionChecks.of(council, anchors, new Playbooks(), council.playbooks());
    return kit.spawn(
        ExecutorEntity.create(
            CASE,
            shard.getRef(),
            new ExecutorTools(
                council.caseLog(),
                council,
                check,
                cluster,
                Drifts.check(council, new Playbooks(), cluster),
                Drifts.containment(council, new Playbooks(), cluster, Drifts.terms()),
                Drifts.noChanges(),
                Drifts.KEY,
                quick,
                new Lanes(4),
                () -> council.now)));
  }

  private CaseState runToTheEnd() {
    executor().tell(new ExecutorMessage.Wake(CASE));
    return awaitClosed();
  }

  private CaseState awaitClosed() {
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertTrue(council.state(CASE).sealed(), () -> council.state(CASE).toString());
              return null;
            });
    return council.state(CASE);
  }

  private static void assertDoneOnce(FakeCluster cluster, CaseState state) {
    assertEquals(ExecutionOutcome.SUCCEEDED, state.execution().outcome());
    assertEquals(Map.of("c-1/deny", 1, "c-1/quarantine", 1), cluster.effects);
    assertEquals(2, state.execution().intents().size());
    assertEquals(2, state.execution().observations().size());
  }

  @Test
  void anApprovedCaseIsCarriedOutAndSealed() throws Exception {
    approve(Assurance.IMMEDIATE);

    CaseState end = runToTheEnd();

    assertDoneOnce(cluster, end);
    assertEquals(
        List.of(
            "StartExecution",
            "IntendStep",
            "ObserveStep",
            "IntendStep",
            "ObserveStep",
            "EndExecution"),
        council.commands.stream().map(c -> c.getClass().getSimpleName()).toList());
    assertEquals(List.of("perform quarantine", "perform deny"), cluster.calls);
  }

  static Stream<Arguments> deaths() {
    List<Arguments> all = new ArrayList<>();
    for (Class<?> command :
        List.of(
            CaseCommand.StartExecution.class,
            CaseCommand.IntendStep.class,
            CaseCommand.ObserveStep.class,
            CaseCommand.EndExecution.class)) {
      all.add(Arguments.of(command, true));
      all.add(Arguments.of(command, false));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} logged: {1}")
  @MethodSource("deaths")
  void killedAroundAnyWriteTheNextWakeGoesOn(Class<?> command, boolean logged) throws Exception {
    approve(Assurance.IMMEDIATE);
    Predicate<Object> point = command::isInstance;
    if (logged) {
      council.hangAfter = point;
    } else {
      council.hangBefore = point;
    }
    ActorRef<ExecutorMessage> first = executor();
    first.tell(new ExecutorMessage.Wake(CASE));
    assertTrue(council.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(first);
    council.hangAfter = c -> false;
    council.hangBefore = c -> false;

    assertDoneOnce(
        cluster,
        logged && command == CaseCommand.EndExecution.class ? awaitClosed() : runToTheEnd());
  }

  @ParameterizedTest
  @MethodSource("hangs")
  void killedAroundTheEffectItHappensOnce(FakeCluster.Behaviour hang) throws Exception {
    approve(Assurance.IMMEDIATE);
    cluster.script.add(hang);
    ActorRef<ExecutorMessage> first = executor();
    first.tell(new ExecutorMessage.Wake(CASE));
    assertTrue(cluster.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(first);

    CaseState end = runToTheEnd();
    cluster.release.countDown();

    assertDoneOnce(cluster, end);
    assertEquals("perform quarantine", cluster.calls.get(1), "the fence makes a repeat harmless");
  }

  static Stream<FakeCluster.Behaviour> hangs() {
    return Stream.of(FakeCluster.Behaviour.HANG_AFTER, FakeCluster.Behaviour.HANG_BEFORE);
  }

  @Test
  void anEffectWithoutAFenceIsNeverRepeatedButAskedAbout() throws Exception {
    approve(Assurance.IMMEDIATE);
    cluster.fencing = false;
    council.hangAfter = CaseCommand.IntendStep.class::isInstance;
    ActorRef<ExecutorMessage> first = executor();
    first.tell(new ExecutorMessage.Wake(CASE));
    assertTrue(council.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(first);
    council.hangAfter = c -> false;

    CaseState end = runToTheEnd();

    assertEquals(ExecutionOutcome.UNKNOWN, end.execution().outcome());
    assertEquals(List.of(), cluster.calls);
  }

  @Test
  void transientFailuresAreTriedAgainWithTheSameFence() throws Exception {
    approve(Assurance.IMMEDIATE);
    cluster.script.addAll(
        List.of(
            FakeCluster.Behaviour.BUSY,
            FakeCluster.Behaviour.LOSE_ANSWER,
            FakeCluster.Behaviour.WORK));

    CaseState end = runToTheEnd();

    assertDoneOnce(cluster, end);
    assertEquals(4, cluster.calls.size());
  }

  @Test
  void aRefusedEffectEndsTheExecutionAsFailed() throws Exception {
    approve(Assurance.IMMEDIATE);
    cluster.script.add(FakeCluster.Behaviour.REFUSE);

    CaseState end = runToTheEnd();

    assertEquals(ExecutionOutcome.FAILED, end.execution().outcome());
    assertEquals(List.of("perform quarantine"), cluster.calls, "nothing follows a failed step");
  }

  @Test
  void lostAnswersAndAnUnreachableClusterEndAsUnknown() throws Exception {
    approve(Assurance.IMMEDIATE);
    cluster.unreachable = true;
    for (int i = 0; i < 4; i++) {
      cluster.script.add(FakeCluster.Behaviour.LOSE_ANSWER);
    }

    CaseState end = runToTheEnd();

    assertEquals(ExecutionOutcome.UNKNOWN, end.execution().outcome());
    assertEquals("reconcile quarantine", cluster.calls.get(4));
  }

  @Test
  void anIntentWhoseDeadlineHasPassedIsOnlyLookedUp() throws Exception {
    approve(Assurance.IMMEDIATE);
    council.hangAfter = CaseCommand.IntendStep.class::isInstance;
    ActorRef<ExecutorMessage> first = executor();
    first.tell(new ExecutorMessage.Wake(CASE));
    assertTrue(council.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(first);
    council.hangAfter = c -> false;
    council.now = council.now.plusSeconds(31);

    CaseState end = runToTheEnd();

    assertEquals(ExecutionOutcome.FAILED, end.execution().outcome());
    assertEquals(List.of("reconcile quarantine"), cluster.calls);
    assertEquals(Map.of(), cluster.effects);
  }

  @Test
  void aPlaybookThatIsNotTheOneVotedOnIsRefused() throws Exception {
    approve(Assurance.IMMEDIATE);
    council.replaceContent(
        Playbooks.DIGEST, "{\"name\":\"other\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertRefused("wrong_playbook");
  }

  @Test
  void anApprovalThatTheBallotsDoNotBearOutIsRefused() throws Exception {
    council.found(Assurance.IMMEDIATE);
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "{}"));
    RegistryLog registry = council.registry();
    new ResponsePlanning(registry, council, new Playbooks(), council.playbooks(), council)
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    council.now = council.now.plusSeconds(10);
    council.vote(CASE, 0, Support.FOR);
    council.forge(
        CASE,
        new CaseEvent.ProposalApproved(0, council.state(CASE).voting().tally(), true, council.now));

    assertRefused("recount_decision");
  }

  private void assertRefused(String code) {
    CaseState end = runToTheEnd();
    assertEquals("refused", end.closeReason());
    assertEquals(List.of(), cluster.calls);
    CaseCommand.RefuseExecution refusal =
        council.commands.stream()
            .filter(CaseCommand.RefuseExecution.class::isInstance)
            .map(CaseCommand.RefuseExecution.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(code, refusal.code());
  }

  @Test
  void withoutThePublishedCheckpointNothingHappensAndThenItDoes() throws Exception {
    approve(Assurance.IMMEDIATE);
    council.unpublished = 1;
    ActorRef<ExecutorMessage> executor = executor();
    executor.tell(new ExecutorMessage.Wake(CASE));
    kit.createTestProbe().expectNoMessage(Duration.ofMillis(50));
    assertEquals(Phase.APPROVED, council.state(CASE).phase());

    council.unpublished = 0;

    assertDoneOnce(cluster, awaitClosed());
  }

  @Test
  void aDecisionThatMustBeAnchoredWaitsForTheAnchorOfTheAdoptedChain() throws Exception {
    approve(Assurance.ANCHORED);
    DecisionCheck check =
        check(new Anchors.Status(Anchors.State.IDENTITY_CHANGED, 0, null, "wiped"));
    assertTrue(
        verdict(check) instanceof Verdict.Wait wait && wait.reason().contains("IDENTITY_CHANGED"));
    long decided = council.size();
    check = check(new Anchors.Status(Anchors.State.FOLLOWING, decided - 1, null, ""));
    assertTrue(verdict(check) instanceof Verdict.Wait, "the last entry is the decision");
    check = check(new Anchors.Status(Anchors.State.FOLLOWING, decided, null, ""));
    assertTrue(verdict(check) instanceof Verdict.Ready);

    anchors = new Anchors.Status(Anchors.State.CHAIN_UNREACHABLE, decided, null, "");
    assertDoneOnce(cluster, runToTheEnd());
  }

  private DecisionCheck check(Anchors.Status status) {
    return DecisionChecks.of(council, status, new Playbooks(), council.playbooks());
  }

  private Verdict verdict(DecisionCheck check) throws Exception {
    return check
        .check(
            council
                .caseLog()
                .read(CASE)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS)
                .orElseThrow())
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  @Test
  void aBusyCaseIsAskedAgain() throws Exception {
    approve(Assurance.IMMEDIATE);
    int[] calls = {0};
    council.after =
        command ->
            calls[0]++ % 2 == 0
                ? Optional.of(new Answer.Busy<>("lost", Duration.ofSeconds(1)))
                : Optional.empty();

    assertDoneOnce(cluster, runToTheEnd());
  }
}
