package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import witan.actors.kubernetes.DryRun;
import witan.codec.content.BlastRadiusJson;
import witan.domain.common.Digest;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Drift;
import witan.domain.governance.OptionRadius;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;

/** Blast radius, drift and return to the voters, with everything real but the cluster. */
class DriftCheckTest extends ExecutorHarness {
  @BeforeEach
  void surveys() {
    surveyed = true;
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

  private BlastRadius voted() throws Exception {
    Digest digest = council.state(CASE).voting().content().blastRadius();
    return BlastRadiusJson.read(
        digest, council.get(digest).toCompletableFuture().get(5, TimeUnit.SECONDS).orElseThrow());
  }

  @Test
  void whatAnOptionTouchesIsPartOfWhatIsVotedOn() throws Exception {
    cluster.dryRuns =
        order ->
            order.step().equals("deny")
                ? new DryRun(
                    true, false, "forbidden", 1, List.of(), List.of("/pdb"), Map.of(), "[]")
                : touching("u-1");

    open("falco");

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
    CaseState end = awaitClosed();
    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertNull(end.precautions().before(), "there was nothing to compare with");
  }

  @Test
  void theSameTargetsAreExecutedAndBothComparisonsAreLogged() throws Exception {
    cluster.dryRuns = order -> touching("u-1");
    approve();

    wake();

    CaseState end = awaitClosed();
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

    CaseState end = awaitClosed();
    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertEquals(new Drift(4, 1, 0, 0), end.precautions().before().drift());
  }

  @Test
  void anotherPodOfThatNameGoesBackToTheVotersAndNothingIsDone() throws Exception {
    cluster.dryRuns = order -> touching("u-1");
    approve();
    cluster.dryRuns = order -> touching("u-2");

    wake();

    assertDrifted(awaitClosed());
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
    executorDies(command, true);
    // Back as it was: what was decided once stands.
    cluster.dryRuns = order -> touching("u-1");

    wake();

    assertDrifted(awaitClosed());
    long cases =
        told(CaseCommand.ReopenCase.class).map(CaseCommand.ReopenCase::caseId).distinct().count();
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

    CaseState end = awaitClosed();
    assertEquals("refused", end.closeReason());
    CaseEvent.ExecutionEnded ended =
        logged(CaseEvent.ExecutionEnded.class).findFirst().orElseThrow();
    assertTrue(ended.detail().startsWith("blast_radius_unknown"), ended.detail());
    assertEquals(List.of(), cluster.calls);
  }
}
