package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import witan.cluster.node.CrashPoints.Point;

/** SIGKILL of the node, at points chosen beforehand, and what must hold after the next start. */
@ExtendWith(Stack.Provider.class)
class NodeCrashIT {

  @Test
  void acknowledged_votes_are_logged_and_counted_once_across_a_kill_between_votes(Stack stack)
      throws Exception {
    Cases cases = stack.cases;
    String caseId = cases.open(Cases.Kind.URGENT);
    Cases.Acknowledged ana = cases.vote(caseId, "ana");
    Cases.Acknowledged chen = cases.vote(caseId, "chen");
    Ballots.Prepared eli = cases.prepare(caseId, "eli");

    CompletableFuture<HttpResponse<byte[]>> inFlight = stack.api.voteInFlight(eli);
    stack.killNode();
    stack.startNode(true);

    cases.assertRepeats(ana);
    cases.assertRepeats(chen);
    boolean answered =
        inFlight.handle((reply, lost) -> reply != null && reply.statusCode() == 201).join();
    Api.Reply again = stack.api.voteAccepted(eli);
    assertTrue(!answered || again.status() == 200, "acknowledged, and yet new: " + again);
    cases.assertRepeats(cases.cast(eli));
    cases.vote(caseId, "fay");
    cases.awaitSealed(caseId);
    cases.assertVotedOnce(caseId, List.of("ana", "chen", "eli", "fay"), "640");
    cases.assertExecutedOnce(caseId);
  }

  @Test
  void a_decision_is_executed_once_when_killed_before_its_execution_starts(Stack stack)
      throws Exception {
    String caseId = stack.cases.open(Cases.Kind.URGENT);
    stack.arm(Point.BEFORE_START);
    stack.cases.approve(caseId);
    stack.awaitReached(Point.BEFORE_START);
    List<String> types = stack.cases.types(caseId);
    stack.killNode();
    assertTrue(types.contains("ProposalApproved"), types.toString());
    assertFalse(types.contains("ExecutionStarted"), types.toString());

    stack.startNode(true);

    stack.cases.awaitSealed(caseId);
    stack.cases.assertExecutedOnce(caseId);
    assertNoEffectTwice(stack, caseId);
  }

  @Test
  void a_decision_is_executed_once_when_killed_right_after_the_deciding_vote(Stack stack)
      throws Exception {
    String caseId = stack.cases.open(Cases.Kind.URGENT);
    stack.cases.approve(caseId);
    stack.killNode();

    stack.startNode(true);

    stack.cases.awaitSealed(caseId);
    stack.cases.assertExecutedOnce(caseId);
    stack.cases.assertVotedOnce(caseId, Ballots.APPROVERS, "640");
  }

  @Test
  void a_step_is_done_once_when_killed_between_intent_and_effect(Stack stack) throws Exception {
    String caseId = stack.cases.open(Cases.Kind.URGENT);
    stack.arm(Point.BEFORE_EFFECT);
    stack.cases.approve(caseId);
    stack.awaitReached(Point.BEFORE_EFFECT);
    stack.cases.awaitType(caseId, "StepIntended");
    stack.killNode();
    assertEquals(List.of(), stack.effects(caseId));

    stack.startNode(true);

    stack.cases.awaitSealed(caseId);
    stack.cases.assertExecutedOnce(caseId);
    assertNoEffectTwice(stack, caseId);
  }

  @Test
  void a_step_is_reconciled_with_its_fence_when_killed_between_effect_and_observation(Stack stack)
      throws Exception {
    String caseId = stack.cases.open(Cases.Kind.URGENT);
    stack.arm(Point.AFTER_EFFECT);
    stack.cases.approve(caseId);
    stack.awaitReached(Point.AFTER_EFFECT);
    List<String> done = stack.effects(caseId);
    assertEquals(1, done.size(), done.toString());
    stack.cases.awaitType(caseId, "StepIntended");
    assertFalse(stack.cases.types(caseId).contains("StepObserved"));
    stack.killNode();

    stack.startNode(true);

    stack.cases.awaitSealed(caseId);
    stack.cases.assertExecutedOnce(caseId);
    List<String> all = stack.effects(caseId);
    assertEquals(done.get(0), all.get(1), "the repeat carries the same fence: " + all);
  }

  @Test
  void a_deadline_that_passes_while_the_node_is_dead_ends_the_case_without_any_message(Stack stack)
      throws Exception {
    String caseId = stack.cases.open(Cases.Kind.BRIEF);
    Instant deadline =
        Instant.parse(stack.api.json("/v1/proposals/" + caseId).get("deadline").textValue());
    stack.killNode();
    assertTrue(Instant.now().isBefore(deadline), "killed too late to show anything");
    Await.until("the deadline", () -> Instant.now().isAfter(deadline));

    stack.startNode(true);

    stack.cases.awaitSealed(caseId);
    assertEquals(
        List.of(
            "CaseOpened",
            "AlertRecorded",
            "VotingOpened",
            "ProposalExpired",
            "CaseClosed",
            "CaseSealed"),
        stack.cases.types(caseId));
  }

  private static void assertNoEffectTwice(Stack stack, String caseId) throws Exception {
    List<String> effects = stack.effects(caseId);
    assertEquals(new HashSet<>(effects).size(), effects.size(), effects.toString());
  }
}
