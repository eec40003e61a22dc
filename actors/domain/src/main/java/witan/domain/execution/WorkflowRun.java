package witan.domain.execution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;
import witan.domain.proposal.StepOutcome;

/**
 * Where an execution stands in its workflow, by what is logged and the time alone: any crash
 * resumes here, and anybody can compute it again.
 *
 * <p>The pinned rule: a failed or late step goes to {@code on_failure}, else to the {@code
 * workflow_exception}, else the playbook has failed; {@code parallel} waits for all. A failure that
 * leads straight to an end step is not handled by it. A step that is unknown stops everything, for
 * a person. The half-done effect of a failed reversible step is taken back before anything follows.
 */
final class WorkflowRun {
  /** How a flow stands. */
  enum Kind {
    OPEN,
    SUCCEEDED,
    FAILED,
    UNKNOWN
  }

  /**
   * What is to be done next; all of it may be done at once.
   *
   * @param at when it ended, where it did
   * @param intend steps that may begin
   * @param perform steps that were intended and not observed
   * @param wake when a delay is over; null where none runs
   * @param detail of the first failure
   */
  record Status(
      Kind kind,
      Instant at,
      List<String> intend,
      List<String> perform,
      @Nullable Instant wake,
      String detail) {
    static Status ended(Kind kind, Instant at, String detail) {
      return new Status(kind, at, List.of(), List.of(), null, detail);
    }
  }

  private final PlannedWorkflow plan;
  private final Execution execution;
  private final Instant now;
  private final Map<String, Status> known = new LinkedHashMap<>();

  private WorkflowRun(PlannedWorkflow plan, Execution execution, Instant now) {
    this.plan = plan;
    this.execution = execution;
    this.now = now;
  }

  static Status of(PlannedWorkflow plan, Execution execution, Instant now) {
    WorkflowRun run = new WorkflowRun(plan, execution, now);
    Status status = run.flow(plan.start(), execution.startedAt());
    if (status.kind() != Kind.FAILED || plan.exception().isEmpty()) {
      return status;
    }
    Status exception = run.flow(plan.exception(), status.at());
    return exception.kind() == Kind.SUCCEEDED
        ? Status.ended(Kind.FAILED, exception.at(), status.detail())
        : exception;
  }

  /** From a node to the end of its flow; what several paths lead to is looked at once. */
  private Status flow(String id, Instant arrival) {
    PlannedWorkflow.PlanNode node = plan.nodes().get(id);
    if (node != null && node.end()) {
      return Status.ended(Kind.SUCCEEDED, arrival, "");
    }
    Status before = known.get(id);
    if (before != null) {
      return before;
    }
    Status status =
        node == null
            ? Status.ended(Kind.FAILED, arrival, "there is no step " + id)
            : onwards(node, arrival);
    known.put(id, status);
    return status;
  }

  private Status onwards(PlannedWorkflow.PlanNode node, Instant arrival) {
    Instant begin = arrival.plus(node.delay());
    boolean begun = node.steps().stream().anyMatch(execution.intents()::containsKey);
    if (begin.isAfter(now) && !begun) {
      return new Status(Kind.OPEN, begin, List.of(), List.of(), begin, "");
    }
    Status own = node.branches().isEmpty() ? steps(node, begin) : branches(node, begin);
    if (own.kind() == Kind.SUCCEEDED) {
      return flow(node.next(), own.at());
    }
    if (own.kind() != Kind.FAILED || node.failure().isEmpty()) {
      return own;
    }
    PlannedWorkflow.PlanNode handler = plan.nodes().get(node.failure());
    return handler == null || handler.end() ? own : flow(node.failure(), own.at());
  }

  private Status branches(PlannedWorkflow.PlanNode node, Instant begin) {
    List<Status> all = node.branches().stream().map(branch -> flow(branch, begin)).toList();
    List<String> intend = new ArrayList<>();
    List<String> perform = new ArrayList<>();
    Instant wake = null;
    Instant at = begin;
    Kind kind = Kind.SUCCEEDED;
    String detail = "";
    for (Status one : all) {
      intend.addAll(one.intend());
      perform.addAll(one.perform());
      wake = earlier(wake, one.wake());
      at = one.at().isAfter(at) ? one.at() : at;
      kind = worse(kind, one.kind());
      detail = detail.isEmpty() ? one.detail() : detail;
    }
    return new Status(kind, at, intend, perform, wake, detail);
  }

  /** Unknown before all: nothing more must begin. Then what is still open, then failure. */
  private static Kind worse(Kind one, Kind other) {
    for (Kind kind : List.of(Kind.UNKNOWN, Kind.OPEN, Kind.FAILED)) {
      if (one == kind || other == kind) {
        return kind;
      }
    }
    return Kind.SUCCEEDED;
  }

  static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private Status steps(PlannedWorkflow.PlanNode node, Instant begin) {
    Instant at = begin;
    for (String step : node.steps()) {
      CaseEvent.StepObserved seen = execution.observations().get(step);
      if (seen == null) {
        return open(step, at);
      }
      at = seen.at();
      if (seen.outcome() == StepOutcome.UNKNOWN) {
        return Status.ended(Kind.UNKNOWN, at, step + ": " + seen.detail());
      }
      if (seen.outcome() == StepOutcome.FAILED) {
        return failed(step, seen);
      }
    }
    return Status.ended(Kind.SUCCEEDED, at, "");
  }

  private Status open(String step, Instant at) {
    return execution.intents().containsKey(step)
        ? new Status(Kind.OPEN, at, List.of(), List.of(step), null, "")
        : new Status(Kind.OPEN, at, List.of(step), List.of(), null, "");
  }

  private Status failed(String step, CaseEvent.StepObserved seen) {
    String why = step + ": " + seen.detail();
    PlannedStep planned = plan.steps().get(step);
    if (planned == null || !planned.reversible() || planned.inverse().isEmpty()) {
      return Status.ended(Kind.FAILED, seen.at(), why);
    }
    String undo = Execution.UNDO + step;
    CaseEvent.StepObserved undone = execution.observations().get(undo);
    if (undone == null) {
      return open(undo, seen.at());
    }
    if (undone.outcome() == StepOutcome.UNKNOWN) {
      return Status.ended(Kind.UNKNOWN, undone.at(), why + "; taking it back: " + undone.detail());
    }
    boolean back = undone.outcome() == StepOutcome.DONE;
    return Status.ended(
        Kind.FAILED,
        undone.at(),
        why + (back ? "; taken back" : "; NOT taken back: " + undone.detail()));
  }
}
