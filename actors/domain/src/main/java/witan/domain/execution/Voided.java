package witan.domain.execution;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;

/**
 * What is still done in a case that is void: what is forged is never performed, what an executor
 * began is looked up, and what it did is taken back, the newest first.
 */
record Voided(Execution ledger, CaseOrders orders, Forgery forgery) {

  /** The next move; {@code last} once nothing is left. */
  Move next(Move last) {
    return new Move.Forged(forgery.code(), forgery.detail(), begun().or(this::back).orElse(last));
  }

  private Optional<Move> begun() {
    return ledger.intents().entrySet().stream()
        .filter(entry -> ledger.latest(entry.getKey()) == null)
        .map(entry -> begun(entry.getKey(), entry.getValue()))
        .findFirst();
  }

  private Move begun(String step, CaseEvent.StepIntended intent) {
    Optional<Order> order = orders.of(step);
    if (order.isEmpty() || forgery.intents().contains(step)) {
      return new Move.Disown(intent, Forgery.INTENT + ": nothing was sent for it by this executor");
    }
    return step.startsWith(Execution.UNDO)
        ? new Move.Perform(order.get(), intent)
        : new Move.Abandon(order.get(), intent, "the case is void: " + forgery.code());
  }

  // A claim to have done it that nobody signed says nothing: what was intended is taken back.
  private Optional<Move> back() {
    List<String> order = orders.steps();
    return ledger.intents().entrySet().stream()
        .filter(entry -> !entry.getKey().startsWith(Execution.UNDO))
        .filter(entry -> !forgery.intents().contains(entry.getKey()))
        .filter(entry -> !ledger.intents().containsKey(Execution.UNDO + entry.getKey()))
        .filter(entry -> !unknown(entry.getKey()))
        .sorted(
            Comparator.<Map.Entry<String, CaseEvent.StepIntended>, Instant>comparing(
                    entry -> entry.getValue().at())
                .thenComparing(entry -> order.indexOf(entry.getKey()))
                .reversed())
        .flatMap(entry -> orders.of(Execution.UNDO + entry.getKey()).stream())
        .map(orders::intend)
        .findFirst();
  }

  private boolean unknown(String step) {
    CaseEvent.StepObserved seen = ledger.observations().get(step);
    return seen != null
        && seen.outcome() == StepOutcome.UNKNOWN
        && !forgery.observations().contains(step);
  }

  // How its execution ends: by what is logged, with the reason that it is void.
  Move end() {
    boolean unknown =
        ledger.observations().values().stream()
            .anyMatch(seen -> seen.outcome() == StepOutcome.UNKNOWN);
    ExecutionOutcome outcome =
        unknown
            ? ExecutionOutcome.UNKNOWN
            : ledger.abort() == null ? ExecutionOutcome.FAILED : ExecutionOutcome.ABORTED;
    return new Move.End(outcome, forgery.code() + ": " + forgery.detail());
  }
}
