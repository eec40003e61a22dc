package witan.domain.execution;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;

/**
 * What an execution does after somebody ended it early: what was begun is brought to an
 * observation, then what can be taken back is, the newest first, then it ends. What is unknown is
 * left for a person, as always.
 */
final class Abortion {
  private Abortion() {}

  static Move next(CaseOrders orders, Execution execution, CaseEvent.AbortRequested abort) {
    Optional<Move> begun =
        execution.intents().keySet().stream()
            .filter(step -> execution.latest(step) == null)
            .sorted()
            .flatMap(step -> begun(orders, execution, step).stream())
            .findFirst();
    if (begun.isPresent()) {
      return begun.get();
    }
    Optional<Order> back = abort.undo() ? back(orders, execution) : Optional.empty();
    return back.map(orders::intend)
        .orElseGet(() -> new Move.End(outcome(execution), detail(execution, abort)));
  }

  private static Optional<Move> begun(CaseOrders orders, Execution execution, String step) {
    CaseEvent.StepIntended intent = execution.intents().get(step);
    return orders
        .of(step)
        .filter(order -> intent != null)
        .map(
            order ->
                step.startsWith(Execution.UNDO)
                    ? new Move.Perform(order, Objects.requireNonNull(intent))
                    : new Move.Abandon(
                        order, Objects.requireNonNull(intent), "the execution was ended early"));
  }

  /** A failed step may have had half of its effect, so it is taken back like one that was done. */
  private static Optional<Order> back(CaseOrders orders, Execution execution) {
    List<String> order = orders.steps();
    return execution.observations().entrySet().stream()
        .filter(seen -> !seen.getKey().startsWith(Execution.UNDO))
        .filter(seen -> seen.getValue().outcome() != StepOutcome.UNKNOWN)
        .filter(seen -> !execution.intents().containsKey(Execution.UNDO + seen.getKey()))
        .sorted(
            Comparator.<Map.Entry<String, CaseEvent.StepObserved>, Instant>comparing(
                    seen -> seen.getValue().at())
                .thenComparing(seen -> order.indexOf(seen.getKey()))
                .reversed())
        .flatMap(seen -> orders.of(Execution.UNDO + seen.getKey()).stream())
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
