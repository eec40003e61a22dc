package witan.domain.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.planning.PlannedWorkflow.PlanNode;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;
import witan.domain.proposal.StepOutcome;

class WorkflowRunTest {
  private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
  private static final Target POD = new Target("eu-1", "shop", "Pod", "web-1");

  private final Map<String, PlannedStep> steps = new LinkedHashMap<>();
  private final Map<String, PlanNode> nodes = new LinkedHashMap<>();
  private final Map<String, CaseEvent.StepIntended> intents = new LinkedHashMap<>();
  private final Map<String, CaseEvent.StepObserved> observations = new LinkedHashMap<>();
  private String exception = "";
  private Instant now = START;

  private void action(String id, String next, String failure, boolean reversible) {
    steps.put(
        id,
        new PlannedStep(
            id, id, "quarantine-label", POD, Map.of(), Duration.ofSeconds(1), reversible, null));
    node(id, List.of(id), List.of(), Duration.ZERO, next, failure);
  }

  private void node(
      String id,
      List<String> own,
      List<String> branches,
      Duration delay,
      String next,
      String failure) {
    nodes.put(id, new PlanNode(id, own, branches, delay, next, failure));
  }

  private void intend(String id) {
    intents.put(
        id, new CaseEvent.StepIntended(id, 1, "a", POD, Map.of(), "f", now.plusSeconds(9), now));
  }

  private void observe(String id, StepOutcome outcome) {
    intend(id);
    observations.put(id, new CaseEvent.StepObserved(id, 1, outcome, outcome + "!", "[]", now));
  }

  private WorkflowRun.Status run(String start) {
    Execution execution =
        new Execution(
            0, Digest.ZERO, "kubernetes", List.of(), intents, observations, START, null, null);
    node("end", List.of(), List.of(), Duration.ZERO, "", "");
    return WorkflowRun.of(new PlannedWorkflow(steps, nodes, start, exception), execution, now);
  }

  @Test
  void stepsFollowEachOther() {
    action("a", "b", "", false);
    action("b", "end", "", false);
    assertEquals(List.of("a"), run("a").intend());
    intend("a");
    assertEquals(List.of("a"), run("a").perform());
    observe("a", StepOutcome.DONE);
    assertEquals(List.of("b"), run("a").intend());
    observe("b", StepOutcome.REHEARSED);
    assertEquals(WorkflowRun.Kind.SUCCEEDED, run("a").kind());
  }

  @Test
  void aFailureGoesToItsHandlerElseToTheExceptionElseTheRunHasFailed() {
    action("a", "b", "h", false);
    action("b", "end", "", false);
    action("h", "end", "", false);
    action("x", "end", "", false);
    observe("a", StepOutcome.FAILED);
    assertEquals(List.of("h"), run("a").intend());
    observe("h", StepOutcome.DONE);
    assertEquals(WorkflowRun.Kind.SUCCEEDED, run("a").kind(), "it was handled");

    observe("a", StepOutcome.DONE);
    observe("b", StepOutcome.FAILED);
    assertEquals(WorkflowRun.Kind.FAILED, run("a").kind());
    assertEquals("b: FAILED!", run("a").detail());

    exception = "x";
    assertEquals(List.of("x"), run("a").intend());
    observe("x", StepOutcome.DONE);
    assertEquals(WorkflowRun.Kind.FAILED, run("a").kind(), "the exception step repairs nothing");
  }

  @Test
  void aFailureThatLeadsStraightToAnEndIsAFailure() {
    action("a", "end", "end", false);
    observe("a", StepOutcome.FAILED);
    assertEquals(WorkflowRun.Kind.FAILED, run("a").kind());
  }

  @Test
  void parallelBranchesBeginTogetherAndAllMustEnd() {
    node("p", List.of(), List.of("a", "b"), Duration.ZERO, "c", "");
    action("a", "end", "", false);
    action("b", "end", "", false);
    action("c", "end", "", false);
    assertEquals(List.of("a", "b"), run("p").intend());
    observe("a", StepOutcome.FAILED);
    assertEquals(List.of("b"), run("p").intend(), "waits for all");
    assertEquals(WorkflowRun.Kind.OPEN, run("p").kind());
    observe("b", StepOutcome.DONE);
    assertEquals(WorkflowRun.Kind.FAILED, run("p").kind());
    observe("a", StepOutcome.DONE);
    assertEquals(List.of("c"), run("p").intend());
  }

  @Test
  void aDelayCountsFromWhatWasBefore() {
    node("d", List.of(), List.of(), Duration.ofSeconds(5), "a", "");
    action("a", "end", "", false);
    assertEquals(START.plusSeconds(5), run("d").wake());
    assertEquals(List.of(), run("d").intend());
    now = START.plusSeconds(5);
    assertEquals(List.of("a"), run("d").intend());
  }

  @Test
  void whatIsUnknownStopsEverything() {
    node("p", List.of(), List.of("a", "b"), Duration.ZERO, "c", "a");
    action("a", "end", "c", false);
    action("b", "end", "", false);
    action("c", "end", "", false);
    exception = "c";
    observe("a", StepOutcome.UNKNOWN);
    assertEquals(WorkflowRun.Kind.UNKNOWN, run("p").kind());
    intend("b");
    assertEquals(List.of("b"), run("p").perform(), "but what was begun is brought to its end");
  }

  @Test
  void theHalfDoneEffectOfAFailedStepIsTakenBackFirst() {
    action("a", "end", "h", true);
    action("h", "end", "", false);
    observe("a", StepOutcome.FAILED);
    assertEquals(List.of("undo:a"), run("a").intend());
    CaseOrders orders = CaseOrders.provisional(new CaseId("c-1"), List.copyOf(steps.values()));
    assertEquals("release-label", orders.of("undo:provisional:a").orElseThrow().action());
    intend("undo:a");
    assertEquals(List.of("undo:a"), run("a").perform());
    observe("undo:a", StepOutcome.DONE);
    assertEquals(List.of("h"), run("a").intend());
  }

  @Test
  void whatCouldNotBeTakenBackIsSaid() {
    action("a", "end", "", true);
    observe("a", StepOutcome.FAILED);
    observe("undo:a", StepOutcome.FAILED);
    assertEquals(WorkflowRun.Kind.FAILED, run("a").kind());
    assertTrue(run("a").detail().contains("NOT taken back"), run("a").detail());
    observe("undo:a", StepOutcome.UNKNOWN);
    assertEquals(WorkflowRun.Kind.UNKNOWN, run("a").kind());
  }

  @Test
  void everyTargetOfAStepHasItsTurn() {
    action("a", "end", "", false);
    steps.put("a#2", steps.get("a"));
    node("a", List.of("a", "a#2"), List.of(), Duration.ZERO, "end", "");
    observe("a", StepOutcome.DONE);
    assertEquals(List.of("a#2"), run("a").intend());
  }
}
