package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import com.typesafe.config.ConfigFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.FakeCluster;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.domain.api.Anchors;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.containment.ContainmentCommand;
import witan.domain.governance.Assurance;
import witan.domain.governance.Ballot;
import witan.domain.governance.Support;
import witan.domain.playbook.PlannedWorkflow;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.ContainmentOutcome;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.NextWork;
import witan.domain.proposal.Phase;

/** Provisional containment with everything real but the cluster. */
class ContainmentEntityTest {
  private static final CaseId CASE = new CaseId("c-1");
  private static final String QUARANTINE = "c-1/provisional:quarantine";
  private static final String UNDONE = "c-1/undo:provisional:quarantine";
  private static ActorTestKit kit;

  private final MemoryCouncil council = new MemoryCouncil();
  private final FakeCluster cluster = new FakeCluster();
  private final Playbooks playbooks = new Playbooks();
  private ContainmentSettings terms = Drifts.terms();

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

  /** The first step can be taken back, the second cannot. */
  @BeforeEach
  void playbook() {
    playbooks.workflow =
        target ->
            PlannedWorkflow.line(
                List.of(
                    Playbooks.step("quarantine", "quarantine-label", target, true),
                    Playbooks.step("delete", "delete-pod", target, false)));
  }

  private void alert(String sensor, String id) {
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert(sensor, id, "web-1"), "{}"));
  }

  private void open(String... sensors) throws Exception {
    council.found(Assurance.IMMEDIATE);
    for (String sensor : sensors) {
      alert(sensor, "a-" + sensor);
    }
    openVote();
  }

  private void openVote() throws Exception {
    RadiusSurvey survey = Drifts.survey(council, playbooks, cluster);
    RegistryLog registry =
        new RegistryLog(council, council.decoder(), council.registryRules(), MemoryCouncil.ID);
    council.before =
        command ->
            command instanceof CaseCommand.OpenVoting o && !o.provisionalContainment()
                ? Optional.of(council.decide(CASE, allowing(o)))
                : Optional.empty();
    new ResponsePlanning(
            registry,
            council,
            playbooks,
            council,
            (caseId, options) ->
                survey
                    .survey(caseId, options)
                    .thenCompose(radius -> RadiusEntity.stored(council, radius))
                    .thenApply(surveyed -> Optional.of(surveyed.radius())))
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    council.before = command -> Optional.empty();
    assertEquals(Phase.VOTING, council.state(CASE).phase());
  }

  private static CaseCommand.OpenVoting allowing(CaseCommand.OpenVoting o) {
    return new CaseCommand.OpenVoting(
        o.options(),
        o.policy(),
        o.normal(),
        o.electorateDigest(),
        o.registrySeq(),
        o.total(),
        o.domain(),
        o.blastRadius(),
        true);
  }

  private ActorRef<ExecutorEntity.Message> wake() {
    TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
    DecisionCheck check =
        new DecisionCheck(
            council,
            MemoryCouncil.anchors(new Anchors.Status(Anchors.State.DISABLED, 0, null, "off")),
            council,
            council.hasher(),
            new BallotSignatures(),
            playbooks);
    ActorRef<ExecutorEntity.Message> executor =
        kit.spawn(
            ExecutorEntity.create(
                CASE,
                shard.getRef(),
                new ExecutorEntity.Tools(
                    council.caseLog(),
                    council,
                    check,
                    cluster,
                    Drifts.check(council, playbooks, cluster),
                    Drifts.containment(council, playbooks, cluster, terms),
                    GovernedExecutionTest.none(council, check),
                    new ExecutionSettings(
                        Duration.ofSeconds(30),
                        Duration.ofMillis(1),
                        Duration.ofMillis(4),
                        4,
                        Duration.ofMillis(5),
                        Duration.ofMinutes(1)),
                    () -> council.now)));
    executor.tell(new ExecutorEntity.Wake(CASE));
    return executor;
  }

  private CaseState await(Predicate<CaseState> reached) {
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertTrue(
                  reached.test(council.state(CASE)),
                  () -> council.state(CASE).precautions() + " " + council.state(CASE).phase());
              return null;
            });
    return council.state(CASE);
  }

  private static boolean held(CaseState state) {
    Containment c = state.precautions().containment();
    return c != null && c.open() && c.holds() && c.ledger().observations().size() == 1;
  }

  private void contained() throws Exception {
    open("falco", "guardduty");
    wake();
    await(ContainmentEntityTest::held);
    assertEquals(Map.of(QUARANTINE, 1), cluster.effects);
  }

  private void votes(Support support) {
    council.now = council.now.plusSeconds(10);
    council.vote(CASE, 0, support);
    council.vote(CASE, 1, support);
  }

  private ContainmentOutcome outcome() {
    return council.state(CASE).precautions().containment().outcome();
  }

  private static boolean ended(CaseState state) {
    Containment c = state.precautions().containment();
    return c != null && !c.open();
  }

  @Test
  void twoSensorsAreEnoughAndOnlyWhatCanBeTakenBackIsDone() throws Exception {
    contained();

    Containment c = council.state(CASE).precautions().containment();
    assertEquals(List.of("provisional:quarantine"), c.ledger().steps());
    assertEquals(Phase.VOTING, council.state(CASE).phase());
    assertNull(council.state(CASE).execution());
  }

  @Test
  void theVoteConfirmsTheEffectStaysAndTheRestFollows() throws Exception {
    contained();
    votes(Support.FOR);

    wake();
    CaseState end = await(CaseState::sealed);

    assertEquals(ContainmentOutcome.CONFIRMED, outcome());
    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertEquals(Map.of(QUARANTINE, 1, "c-1/delete", 1), cluster.effects);
    assertEquals(List.of("perform provisional:quarantine", "perform delete"), cluster.calls);
  }

  @Test
  void aRejectionTakesItBackBeforeTheCaseIsClosed() throws Exception {
    contained();
    votes(Support.AGAINST);
    assertEquals(Phase.REJECTED, council.state(CASE).phase());
    council.now = council.state(CASE).voting().deadline();
    assertDeclined("containment_open", new CaseCommand.CheckDeadline());

    wake();
    await(ContainmentEntityTest::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals(Set.of(QUARANTINE, UNDONE), cluster.effects.keySet());
    council.decide(CASE, new CaseCommand.CheckDeadline());
    assertEquals("rejected", council.state(CASE).closeReason());
  }

  private void assertDeclined(String code, CaseCommand command) {
    Answer<Receipt> answer = council.decide(CASE, command);
    assertEquals(code, ((Answer.Declined<Receipt>) answer).refusal().code());
  }

  @Test
  void noActionReplacesItThatIsItIsTakenBack() throws Exception {
    contained();
    council.now = council.now.plusSeconds(10);
    voteForNothing(0);
    voteForNothing(1);
    assertEquals(1, council.state(CASE).outcome().option());

    wake();
    await(ContainmentEntityTest::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    council.now = council.state(CASE).voting().deadline();
    council.decide(CASE, new CaseCommand.CheckDeadline());
    assertEquals("no_action", council.state(CASE).closeReason());
  }

  private void voteForNothing(int member) {
    Ballot ballot =
        new Ballot(
            council.hasher().text(CASE.value()),
            council.state(CASE).voting().proposalHash(),
            MemoryCouncil.address(member),
            Support.FOR,
            BigInteger.TWO,
            1,
            council.now.plusSeconds(3600).getEpochSecond(),
            witan.domain.common.Digest.ZERO);
    council.decide(
        CASE,
        new CaseCommand.CastVote(MemoryCouncil.sign(ballot, MemoryCouncil.key(member)), null));
  }

  @Test
  void theLeaseRunsOutAndTheVoteGoesOn() throws Exception {
    contained();
    council.now = council.now.plus(terms.terms().lease());

    wake();
    await(ContainmentEntityTest::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals(Phase.VOTING, council.state(CASE).phase());
    votes(Support.FOR);
    wake();
    CaseState end = await(CaseState::sealed);
    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertEquals(1, cluster.effects.get("c-1/quarantine"), "done anew, under a fence of its own");
  }

  @Test
  void oneSensorIsRefusedInTheLogAndASecondOneBeginsIt() throws Exception {
    open("falco");
    wake();
    CaseState refused = await(s -> s.precautions().refused() != null);
    assertEquals("not_corroborated", refused.precautions().refused().code());
    assertEquals(Map.of(), cluster.effects);
    assertTrue(!NextWork.containment(refused), "nothing to do until there is another alert");
    alert("falco", "a-again");
    wake();
    await(s -> s.precautions().refusals() == 2);
    assertEquals(Map.of(), cluster.effects, "a sensor that repeats itself confirms nothing");

    alert("guardduty", "a-2");
    wake();

    await(ContainmentEntityTest::held);
  }

  @Test
  void anAlertAboutAnotherPodConfirmsNothing() throws Exception {
    council.found(Assurance.IMMEDIATE);
    alert("falco", "a1");
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("guardduty", "a2", "web-2"), "{}"));
    openVote();

    wake();

    CaseState refused = await(s -> s.precautions().refused() != null);
    assertEquals("not_corroborated", refused.precautions().refused().code());
  }

  @Test
  void aTrustedSensorIsBelievedAlone() throws Exception {
    terms = Drifts.terms("falco");
    open("falco");

    wake();

    await(ContainmentEntityTest::held);
  }

  @Test
  void whatTheDryRunFoundAgainstItIsARefusal() throws Exception {
    cluster.dryRuns =
        order ->
            new witan.actors.kubernetes.DryRun(
                true, false, "namespace is protected", 0, List.of(), List.of(), Map.of(), "[]");
    open("falco", "guardduty");

    wake();

    CaseState refused = await(s -> s.precautions().refused() != null);
    assertEquals("containment_guardrail", refused.precautions().refused().code());
    assertEquals(Map.of(), cluster.effects);
  }

  @Test
  void theBudgetOfAClusterIsSharedByAllCases() throws Exception {
    council.found(Assurance.IMMEDIATE);
    for (String other : List.of("c-7", "c-8")) {
      grant(other);
    }
    alert("falco", "a1");
    alert("guardduty", "a2");
    openVote();

    wake();

    CaseState refused = await(s -> s.precautions().refused() != null);
    assertEquals("containment_cluster_budget", refused.precautions().refused().code());
  }

  private void grant(String caseId) throws Exception {
    CompletionStage<Answer<Receipt>> answer =
        council.toContainments(
            MemoryCouncil.ID,
            new ContainmentCommand.GrantContainment(
                new CaseId(caseId), List.of("eu-1"), terms.terms()));
    assertTrue(
        answer.toCompletableFuture().get(5, TimeUnit.SECONDS) instanceof Answer.Done<Receipt>);
  }

  @Test
  void theKillSwitchRefusesAndTakesBack() throws Exception {
    contained();
    turn(false, true);

    wake();
    await(ContainmentEntityTest::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals(Phase.VOTING, council.state(CASE).phase());
  }

  @Test
  void switchedOffNothingIsGranted() throws Exception {
    council.found(Assurance.IMMEDIATE);
    turn(false, false);
    alert("falco", "a1");
    alert("guardduty", "a2");
    openVote();

    wake();

    CaseState refused = await(s -> s.precautions().refused() != null);
    assertEquals("containment_off", refused.precautions().refused().code());
  }

  private void turn(boolean on, boolean revert) throws Exception {
    council
        .toContainments(
            MemoryCouncil.ID,
            new ContainmentCommand.SwitchContainment(on, revert, "olga", "a sensor lies", null))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  @Test
  void aFailedStepTakesEverythingBack() throws Exception {
    cluster.script.add(FakeCluster.Behaviour.REFUSE);
    open("falco", "guardduty");

    wake();
    await(ContainmentEntityTest::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals(Phase.VOTING, council.state(CASE).phase());
  }

  static Stream<Arguments> deaths() {
    List<Arguments> all = new ArrayList<>();
    for (Class<?> command :
        List.of(
            ContainmentCommand.GrantContainment.class,
            CaseCommand.StartContainment.class,
            CaseCommand.IntendStep.class,
            CaseCommand.ObserveStep.class)) {
      all.add(Arguments.of(command, true));
      all.add(Arguments.of(command, false));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} logged: {1}")
  @MethodSource("deaths")
  void killedAroundAnyWriteItIsDoneOnceAndTakenBackAtTheEndOfTheLease(
      Class<?> command, boolean logged) throws Exception {
    open("falco", "guardduty");
    if (logged) {
      council.hangAfter = command::isInstance;
    } else {
      council.hangBefore = command::isInstance;
    }
    ActorRef<ExecutorEntity.Message> first = wake();
    assertTrue(council.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(first);
    council.hangAfter = c -> false;
    council.hangBefore = c -> false;

    ActorRef<ExecutorEntity.Message> second = wake();
    await(ContainmentEntityTest::held);
    assertEquals(Map.of(QUARANTINE, 1), cluster.effects);
    kit.stop(second);
    council.now = council.now.plus(terms.terms().lease());
    wake();
    await(ContainmentEntityTest::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals(Map.of(QUARANTINE, 1, UNDONE, 1), cluster.effects);
  }

  static Stream<Class<?>> endings() {
    return Stream.of(
        CaseCommand.IntendStep.class,
        CaseCommand.ObserveStep.class,
        ContainmentCommand.ReleaseContainment.class,
        CaseCommand.EndContainment.class);
  }

  @ParameterizedTest
  @MethodSource("endings")
  void killedWhileItIsTakenBackTheNextWakeTakesItBack(Class<?> command) throws Exception {
    contained();
    votes(Support.AGAINST);
    council.hangAfter = command::isInstance;
    ActorRef<ExecutorEntity.Message> first = wake();
    assertTrue(council.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(first);
    council.hangAfter = c -> false;

    wake();
    await(ContainmentEntityTest::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals(1, cluster.effects.get(UNDONE));
  }
}
