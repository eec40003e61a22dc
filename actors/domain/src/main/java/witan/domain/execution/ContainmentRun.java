package witan.domain.execution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Execution;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.Phase;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.Voting;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;

/**
 * What an open provisional containment does next, by what is logged and the time alone. What was
 * begun is brought to its end first; then the effects stay, or are taken back in the reverse order.
 */
public final class ContainmentRun {
  private ContainmentRun() {}

  /**
   * The next move; Rest where the effects stay as they are.
   *
   * @param orders of {@link CaseOrders#provisional}, for the option that was begun
   * @param lease as it stands now, looked up in every life of an executor
   * @param refused whether the decision that chose it was refused
   */
  public static Move next(
      CaseState state,
      CaseOrders orders,
      Lease lease,
      Attestation attestation,
      boolean refused,
      Instant now) {
    Containment containment = state.precautions().containment();
    Voting voting = state.voting();
    if (containment == null || !containment.open() || voting == null) {
      return new Move.Rest();
    }
    Execution ledger = containment.ledger();
    Optional<Forgery> forged = Forgery.of(ledger, orders::of, attestation);
    if (forged.isPresent()) {
      Forgery found = forged.get();
      return new Voided(ledger, orders, found).next(new Move.Over(found.code()));
    }
    Optional<String> back = back(state, containment, voting, lease, refused, now);
    Optional<Move> begun = begun(orders, ledger, lease, back);
    if (begun.isPresent()) {
      return begun.get();
    }
    if (back.isPresent()) {
      return revert(orders, ledger, back.get());
    }
    if (state.phase() == Phase.VOTING) {
      for (String step : orders.steps()) {
        if (!ledger.intents().containsKey(step)) {
          return lease.kind() == Lease.Kind.HELD
              ? orders.intend(orders.of(step).orElseThrow())
              : new Move.Rest(halted(lease));
        }
      }
    }
    return new Move.Rest();
  }

  /** It was taken back where there is no lease at all. */
  private static Reason halted(Lease lease) {
    return new Reason(WaitCode.CONTAINMENT_HALTED, lease.why(), lease.who());
  }

  /** What is to be taken back, or has no lease, is not attempted once more before that. */
  private static Optional<Move> begun(
      CaseOrders orders, Execution ledger, Lease lease, Optional<String> back) {
    for (CaseEvent.StepIntended intent : ledger.intents().values()) {
      if (ledger.latest(intent.step()) == null) {
        Order order = orders.of(intent.step()).orElseThrow();
        boolean acts =
            intent.step().startsWith(Execution.UNDO)
                || (back.isEmpty() && lease.kind() == Lease.Kind.HELD);
        return Optional.of(
            acts
                ? new Move.Perform(order, intent)
                : new Move.Abandon(order, intent, back.orElse(lease.why())));
      }
    }
    return Optional.empty();
  }

  /** Why everything is taken back; empty where it stays. What was begun to be is, in any case. */
  private static Optional<String> back(
      CaseState state,
      Containment containment,
      Voting voting,
      Lease lease,
      boolean refused,
      Instant now) {
    return reason(state, containment, voting, lease, refused, now)
        .or(() -> Optional.of("it was being taken back").filter(why -> containment.reverting()));
  }

  private static Optional<String> reason(
      CaseState state,
      Containment containment,
      Voting voting,
      Lease lease,
      boolean refused,
      Instant now) {
    if (lease.kind() == Lease.Kind.NONE) {
      return Optional.of(lease.why());
    }
    if (failed(containment)) {
      return Optional.of("a step failed");
    }
    if (refused) {
      return Optional.of("the decision that chose it was refused");
    }
    if (state.precautions().next() != null) {
      return Optional.of("the targets drifted");
    }
    Outcome outcome = state.outcome();
    if (state.phase() == Phase.APPROVED && outcome != null) {
      return outcome.option() == containment.ledger().option()
          ? Optional.empty()
          : Optional.of("the council chose something else");
    }
    if (state.phase() != Phase.VOTING) {
      return Optional.of("the proposal is " + state.phase());
    }
    return now.isBefore(containment.expiresAt(voting))
        ? Optional.empty()
        : Optional.of("the lease ran out");
  }

  /** What is not observed yet may still succeed. */
  private static boolean failed(Containment containment) {
    return containment.ledger().observations().values().stream()
        .anyMatch(
            seen -> seen.outcome() != StepOutcome.DONE && seen.outcome() != StepOutcome.REHEARSED);
  }

  private static Move revert(CaseOrders orders, Execution ledger, String why) {
    List<String> last = new ArrayList<>(orders.steps());
    Collections.reverse(last);
    for (String step : last) {
      Optional<Order> undo = orders.of(Execution.UNDO + step);
      if (ledger.intents().containsKey(step)
          && undo.isPresent()
          && !ledger.intents().containsKey(Execution.UNDO + step)) {
        return orders.intend(undo.get());
      }
    }
    return new Move.Over(why);
  }
}
