package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import witan.actors.kubernetes.DryRun;
import witan.actors.kubernetes.FakeCluster;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.codec.content.BlastRadiusJson;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Assurance;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Drift;
import witan.domain.governance.OptionRadius;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;

/** Blast radius, drift and return to the voters, with everything real but the cluster. */
class DriftCheckTest {
  private static final CaseId CASE = new CaseId("c-1");
  private static ActorTestKit kit;

  private final MemoryCouncil council = new MemoryCouncil();
  private final FakeCluster cluster = new FakeCluster();
  private final Playbooks playbooks = new Playbooks();

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

  /** A pod that both steps touch, and a policy that the second makes. */
  private static DryRun touching(String uid, String... others) {
    return new DryRun(
        true,
        true,
        "",
        1,
        Stream.concat(
                Stream.of(
                    new DryRun.Touched("/api/v1/namespaces/shop/pods/web-1", uid, "7", 0, false)),
                Stream.of(others).map(path -> new DryRun.Touched(path, "o", "1", 0, false)))
            .toList(),
        List.of(),
        Map.of(),
        "[]");
  }

  private static DryRun silent() {
    return new DryRun(false, false, "no answer", 0, List.of(), List.of(), Map.of(), "[]");
  }

  private void open() throws Exception {
    council.found(Assurance.IMMEDIATE);
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "{}"));
    RadiusSurvey survey = Drifts.survey(council, playbooks, cluster);
    RegistryLog registry =
        new RegistryLog(council, council.decoder(), council.registryRules(), MemoryCouncil.ID);
    new ResponsePlanning(
            registry,
            council,
            playbooks,
            council.playbooks(),
            council,
            (caseId, options) ->
                survey
                    .survey(caseId, options)
                    .thenCompose(radius -> RadiusEntity.stored(council, radius))
                    .thenApply(surveyed -> Optional.of(surveyed.radius())))
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    assertEquals(Phase.VOTING, council.state(CASE).phase());
  }

  private void approve() throws Exception {
    open();
    council.now = council.now.plusSeconds(10);
    council.vote(CASE, 0, Support.FOR);
    council.vote(CASE, 1, Support.FOR);
    assertEquals(Phase.APPROVED, council.state(CASE).phase());
  }

  private BlastRadius voted() throws Exception {
    Digest digest = council.state(CASE).voting().content().blastRadius();
    return BlastRadiusJson.read(
        digest, council.get(digest).toCompletableFuture().get(5, TimeUnit.SECONDS).orElseThrow());
  }

  private ActorRef<ExecutorMessage> wake() {
    TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
    DecisionCheck check = DecisionChecks.of(council, playbooks);
    ActorRef<ExecutorMessage> executor =
        kit.spawn(
            ExecutorEntity.create(
                CASE,
                shard.getRef(),
                new ExecutorTools(
                    council.caseLog(),
                    council,
                    check,
                    cluster,
                    Drifts.check(council, playbooks, cluster),
                    Drifts.containment(council, playbooks, cluster, Drifts.terms()),
                    Drifts.noChanges(),
                    Drifts.KEY,
                    new ExecutionSettings(
                        Duration.ofSeconds(30),
                        Duration.ofMillis(1),
                        Duration.ofMillis(4),
                        4,
                        Duration.ofMillis(5),
                        Duration.ofMinutes(1)),
                    new Lanes(4),
                    () -> council.now)));
    executor.tell(new ExecutorMessage.Wake(CASE));
    return executor;
  }

  private CaseState awaitSealed() {
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertTrue(council.state(CASE).sealed(), () -> council.state(CASE).toString());
              return null;
            });
    return council.state(CASE);
  }

  @Test
  void whatAnOptionTouchesIsPartOfWhatIsVotedOn() throws Exception {
    cluster.dryRuns =
        order ->
            order.step().equals("deny")
                ? new DryRun(
                    true, false, "forbidden", 1, List.of(), List.of("/pdb"), Map.of(), "[]")
                : touching("u-1");

    open();

    OptionRadius option = voted().options().get(0);
    assertTrue(option.complete());
    assertEquals(1, option.pods(), "both steps touch the same pod");
    assertEquals(List.of("eu-1/shop"), option.namespaces());
    assertEquals(List.of("/pdb"), option.budgets());
    assertEquals(List.of("deny: forbidden"), option.refusals());
    assertEquals("u-1", option.objects().get(0).uid());
    assertEquals(
        council.state(CASE).voting().proposalHash(),
        council.hasher().proposal(council.state(CASE).voting().content()));
  }

  @Test
  void aSilentClusterDoesNotKeepTheVoteFromOpeningAndIsCalledUnknown() throws Exception {
    cluster.dryRuns = order -> silent();

    approve();

    assertFalse(voted().options().get(0).complete());
    wake();
    CaseState end = awaitSealed();
    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertNull(end.precautions().before(), "there was nothing to compare with");
  }

  @Test
  void theSameTargetsAreExecutedAndBothComparisonsAreLogged() throws Exception {
    cluster.dryRuns = order -> touching("u-1");
    approve();

    wake();

    CaseState end = awaitSealed();
    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertEquals(new Drift(1, 0, 0, 0), end.precautions().before().drift());
    assertNotNull(end.precautions().after());
  }

  @Test
  void aDriftWithinTheBoundIsExecutedAndSaidInTheLog() throws Exception {
    cluster.dryRuns = order -> touching("u-1", "/a", "/b", "/c");
    approve();
    cluster.dryRuns = order -> touching("u-1", "/a", "/b");

    wake();

    CaseState end = awaitSealed();
    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertEquals(new Drift(4, 1, 0, 0), end.precautions().before().drift());
  }

  @Test
  void anotherPodOfThatNameGoesBackToTheVotersAndNothingIsDone() throws Exception {
    cluster.dryRuns = order -> touching("u-1");
    approve();
    cluster.dryRuns = order -> touching("u-2");

    wake();

    assertDrifted(awaitSealed());
  }

  private void assertDrifted(CaseState end) {
    assertEquals("drifted", end.closeReason());
    assertNull(end.execution());
    assertEquals(List.of(), cluster.calls);
    CaseState next = council.state(end.precautions().next());
    assertEquals(Phase.OBSERVING, next.phase());
    assertEquals(CASE, next.precautions().follows());
    assertEquals(end.alerts(), next.alerts());
  }

  static Stream<Class<?>> returning() {
    return Stream.of(
        CaseCommand.ReturnToVoters.class,
        CaseCommand.ReopenCase.class,
        CaseCommand.CloseDrifted.class);
  }

  @ParameterizedTest
  @MethodSource("returning")
  void killedAnywhereOnTheWayBackItGoesOnThere(Class<?> command) throws Exception {
    cluster.dryRuns = order -> touching("u-1");
    approve();
    cluster.dryRuns = order -> touching("u-2");
    council.hangAfter = command::isInstance;
    ActorRef<ExecutorMessage> first = wake();
    assertTrue(council.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(first);
    council.hangAfter = c -> false;
    // Back as it was: what was decided once stands.
    cluster.dryRuns = order -> touching("u-1");

    wake();

    assertDrifted(awaitSealed());
    long cases =
        council.commands.stream()
            .filter(CaseCommand.ReopenCase.class::isInstance)
            .map(c -> ((CaseCommand.ReopenCase) c).caseId())
            .distinct()
            .count();
    assertEquals(1, cases);
  }

  @Test
  void aClusterThatFallsSilentAfterTheVoteIsWaitedForAndThenRefused() throws Exception {
    cluster.dryRuns = order -> touching("u-1");
    approve();
    cluster.dryRuns = order -> silent();
    ActorRef<ExecutorMessage> waiting = wake();
    kit.createTestProbe().expectNoMessage(Duration.ofMillis(200));
    assertEquals(Phase.APPROVED, council.state(CASE).phase());
    kit.stop(waiting);

    council.now = council.now.plus(Drifts.SETTINGS.patience());
    wake();

    CaseState end = awaitSealed();
    assertEquals("refused", end.closeReason());
    CaseEvent.ExecutionEnded ended =
        council
            .caseLog()
            .read(CASE)
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS)
            .orElseThrow()
            .events()
            .stream()
            .map(e -> e.event())
            .filter(CaseEvent.ExecutionEnded.class::isInstance)
            .map(CaseEvent.ExecutionEnded.class::cast)
            .findFirst()
            .orElseThrow();
    assertTrue(ended.detail().startsWith("blast_radius_unknown"), ended.detail());
    assertEquals(List.of(), cluster.calls);
  }
}
