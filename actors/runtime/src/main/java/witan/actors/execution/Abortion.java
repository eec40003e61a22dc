package witan.actors.execution;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import witan.domain.playbook.PlannedStep;
import witan.domain.playbook.PlannedWorkflow;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;

/**
 * What an execution does after an operator ended it: what was begun is brought to an observation,
 * then what can be taken back is, the newest first, then it ends. What is unknown is left for a
 * person, as always.
 */
final class Abortion {
  private Abortion() {}

  static Move next(PlannedWorkflow plan, Execution execution, CaseEvent.AbortRequested abort) {
    Optional<CaseEvent.StepIntended> begun =
        execution.intents().values().stream()
            .filter(intent -> execution.latest(intent.step()) == null)
            .min(Comparator.comparing(CaseEvent.StepIntended::step));
    if (begun.isPresent()) {
      return new Move.Perform(begun.get());
    }
    Optional<PlannedStep> back = abort.undo() ? next(plan, execution) : Optional.empty();
    if (back.isPresent()) {
      return new Move.Intend(back.get());
    }
    return new Move.End(outcome(execution), detail(execution, abort));
  }

  /** A failed step may have had half of its effect, so it is taken back like one that was done. */
  private static Optional<PlannedStep> next(PlannedWorkflow plan, Execution execution) {
    return execution.observations().values().stream()
        .filter(seen -> !seen.step().startsWith(Execution.UNDO))
        .filter(seen -> seen.outcome() != StepOutcome.UNKNOWN)
        .filter(seen -> !execution.intents().containsKey(Execution.UNDO + seen.step()))
        .sorted(
            Comparator.comparing(CaseEvent.StepObserved::at)
                .thenComparing(seen -> plan.order().indexOf(seen.step()))
                .reversed())
        .flatMap(seen -> WorkflowRun.undo(plan, Execution.UNDO + seen.step()).stream())
        .findFirst();
  }

  private static ExecutionOutcome outcome(Execution execution) {
    boolean unknown =
        execution.observations().values().stream()
            .anyMatch(seen -> seen.outcome() == StepOutcome.UNKNOWN);
    return unknown ? ExecutionOutcome.UNKNOWN : ExecutionOutcome.ABORTED;
  }

  private static String detail(Execution execution, CaseEvent.AbortRequested abort) {
    List<String> left =
        execution.observations().values().stream()
            .filter(seen -> seen.step().startsWith(Execution.UNDO))
            .filter(seen -> seen.outcome() == StepOutcome.FAILED)
            .map(seen -> seen.step().substring(Execution.UNDO.length()))
            .sorted()
            .toList();
    return "aborted by "
        + abort.by()
        + ": "
        + abort.reason()
        + (left.isEmpty() ? "" : "; NOT taken back: " + String.join(", ", left));
  }
}
