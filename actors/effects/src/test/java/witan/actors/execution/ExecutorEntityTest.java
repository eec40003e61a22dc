package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import witan.actors.kubernetes.FakeCluster;
import witan.actors.testing.Playbooks;
import witan.domain.api.Anchors;
import witan.domain.api.Answer;
import witan.domain.governance.Assurance;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;

class ExecutorEntityTest extends ExecutorHarness {
  private void thenBothStepsAreDoneOnce() {
    CaseState end = awaitClosed();
    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertEquals(Map.of("c-1/deny", 1, "c-1/quarantine", 1), cluster.effects);
    assertEquals(2, end.execution().intents().size());
    assertEquals(2, end.execution().observations().size());
  }

  @Test
  void anApprovedCaseIsCarriedOutAndSealed() throws Exception {
    approve();
    council.commands.clear();

    wake();

    thenBothStepsAreDoneOnce();
    assertEquals(
        List.of(
            "StartExecution",
            "IntendStep",
            "ObserveStep",
            "IntendStep",
            "ObserveStep",
            "EndExecution"),
        told(CaseCommand.class).map(c -> c.getClass().getSimpleName()).toList());
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
    approve();
    executorDies(command, logged);

    if (!logged || command != CaseCommand.EndExecution.class) {
      wake();
    }

    thenBothStepsAreDoneOnce();
  }

  @ParameterizedTest
  @MethodSource("hangs")
  void killedAroundTheEffectItHappensOnce(FakeCluster.Behaviour hang) throws Exception {
    approve();
    cluster.script.add(hang);
    ActorRef<ExecutorMessage> first = wake();
    assertTrue(cluster.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(first);

    wake();
    awaitClosed();
    cluster.release.countDown();

    thenBothStepsAreDoneOnce();
    assertEquals("perform quarantine", cluster.calls.get(1), "the fence makes a repeat harmless");
  }

  static Stream<FakeCluster.Behaviour> hangs() {
    return Stream.of(FakeCluster.Behaviour.HANG_AFTER, FakeCluster.Behaviour.HANG_BEFORE);
  }

  @Test
  void anEffectWithoutAFenceIsNeverRepeatedButAskedAbout() throws Exception {
    approve();
    cluster.fencing = false;
    executorDies(CaseCommand.IntendStep.class, true);

    wake();

    thenItEnds(ExecutionOutcome.UNKNOWN);
  }

  @Test
  void transientFailuresAreTriedAgainWithTheSameFence() throws Exception {
    approve();
    cluster.script.addAll(
        List.of(
            FakeCluster.Behaviour.BUSY,
            FakeCluster.Behaviour.LOSE_ANSWER,
            FakeCluster.Behaviour.WORK));

    wake();

    thenBothStepsAreDoneOnce();
    assertEquals(4, cluster.calls.size());
  }

  @Test
  void aRefusedEffectEndsTheExecutionAsFailed() throws Exception {
    approve();
    cluster.script.add(FakeCluster.Behaviour.REFUSE);

    wake();

    thenItEnds(ExecutionOutcome.FAILED, "perform quarantine");
  }

  @Test
  void lostAnswersAndAnUnreachableClusterEndAsUnknown() throws Exception {
    approve();
    cluster.unreachable = true;
    for (int i = 0; i < 4; i++) {
      cluster.script.add(FakeCluster.Behaviour.LOSE_ANSWER);
    }

    wake();

    assertEquals(ExecutionOutcome.UNKNOWN, awaitClosed().execution().outcome());
    assertEquals("reconcile quarantine", cluster.calls.get(4));
  }

  @Test
  void anIntentWhoseDeadlineHasPassedIsOnlyLookedUp() throws Exception {
    approve();
    executorDies(CaseCommand.IntendStep.class, true);
    council.now = council.now.plusSeconds(31);

    wake();

    thenItEnds(ExecutionOutcome.FAILED, "reconcile quarantine");
    assertEquals(Map.of(), cluster.effects);
  }

  @Test
  void aPlaybookThatIsNotTheOneVotedOnIsRefused() throws Exception {
    approve();
    council.replaceContent(
        Playbooks.DIGEST, "{\"name\":\"other\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    wake();

    thenItIsRefused("wrong_playbook");
  }

  @Test
  void anApprovalThatTheBallotsDoNotBearOutIsRefused() throws Exception {
    open("falco");
    council.now = council.now.plusSeconds(10);
    council.vote(CASE, 0, Support.FOR);
    council.forge(
        CASE,
        new CaseEvent.ProposalApproved(0, council.state(CASE).voting().tally(), true, council.now));

    wake();

    thenItIsRefused("recount_decision");
  }

  @Test
  void withoutThePublishedCheckpointNothingHappensAndThenItDoes() throws Exception {
    approve();
    council.unpublished = 1;
    wake();
    kit.createTestProbe().expectNoMessage(Duration.ofMillis(50));
    assertEquals(Phase.APPROVED, council.state(CASE).phase());

    council.unpublished = 0;

    thenBothStepsAreDoneOnce();
  }

  @Test
  void aDecisionThatMustBeAnchoredWaitsForTheAnchorOfTheAdoptedChain() throws Exception {
    charter = charter(Assurance.ANCHORED);
    approve();
    long decided = council.size();
    anchoring = new Anchors.Status(Anchors.State.IDENTITY_CHANGED, 0, null, "wiped");
    assertTrue(
        verdict() instanceof Clearance.Wait wait
            && wait.why().detail().contains("IDENTITY_CHANGED"));
    anchoring = new Anchors.Status(Anchors.State.FOLLOWING, decided - 1, null, "");
    assertTrue(verdict() instanceof Clearance.Wait, "the last entry is the decision");
    anchoring = new Anchors.Status(Anchors.State.FOLLOWING, decided, null, "");
    assertTrue(verdict() instanceof Clearance.Ready);

    anchoring = new Anchors.Status(Anchors.State.CHAIN_UNREACHABLE, decided, null, "");
    wake();

    thenBothStepsAreDoneOnce();
  }

  private Clearance verdict() throws Exception {
    return check().check(logged(CASE)).toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  @Test
  void aBusyCaseIsAskedAgain() throws Exception {
    approve();
    int[] calls = {0};
    council.after =
        command ->
            calls[0]++ % 2 == 0
                ? Optional.of(new Answer.Busy<>("lost", Duration.ofSeconds(1)))
                : Optional.empty();

    wake();

    thenBothStepsAreDoneOnce();
  }
}
