package witan.actors.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import witan.actors.kubernetes.ActionOrder;
import witan.domain.playbook.K8sAction;
import witan.domain.playbook.PlannedStep;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Execution;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.Phase;
import witan.domain.proposal.Voting;

/**
 * What an open provisional containment does next, by what is logged and the time alone. What was
 * begun is brought to its end first; then the effects stay, or are taken back in the reverse order.
 */
final class ContainmentRun {
  /** What the council's containments say about a lease. */
  enum Lease {
    HELD,
    /** Switched off: what is there stays until it ends, nothing more is done. */
    HALTED,
    /** Taken back by an operator. */
    REVOKED
  }

  private ContainmentRun() {}

  /**
   * The next move; Rest where the effects stay as they are.
   *
   * @param steps those of the containment, by {@link Containment#PREFIX}
   * @param refused whether the decision that chose it was refused
   */
  static Move next(
      CaseState state, List<PlannedStep> steps, Lease lease, boolean refused, Instant now) {
    Containment containment = state.precautions().containment();
    Voting voting = state.voting();
    if (containment == null || !containment.open() || voting == null) {
      return new Move.Rest();
    }
    Execution ledger = containment.ledger();
    for (CaseEvent.StepIntended intent : ledger.intents().values()) {
      if (!ledger.observations().containsKey(intent.step())) {
        return new Move.Perform(intent);
      }
    }
    Optional<String> back = back(state, containment, voting, lease, refused, now);
    if (back.isPresent()) {
      return revert(ledger, back.get());
    }
    if (state.phase() == Phase.VOTING && lease == Lease.HELD) {
      for (PlannedStep step : steps) {
        if (!ledger.intents().containsKey(step.id())) {
          return new Move.Intend(step);
        }
      }
    }
    return new Move.Rest();
  }

  /** Why everything is taken back; empty where it stays. */
  private static Optional<String> back(
      CaseState state,
      Containment containment,
      Voting voting,
      Lease lease,
      boolean refused,
      Instant now) {
    if (lease == Lease.REVOKED) {
      return Optional.of("an operator took it back");
    }
    if (!containment.holds()) {
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

  private static Move revert(Execution ledger, String why) {
    List<String> last = new ArrayList<>(ledger.steps());
    Collections.reverse(last);
    for (String step : last) {
      CaseEvent.StepIntended intent = ledger.intents().get(step);
      if (intent != null && !ledger.intents().containsKey(Execution.UNDO + step)) {
        return new Move.Intend(undo(intent));
      }
    }
    return new Move.Over(why);
  }

  /** By the intent, which holds all that the inverse needs. */
  private static PlannedStep undo(CaseEvent.StepIntended intent) {
    String inverse = K8sAction.of(intent.action()).flatMap(K8sAction::inverse).orElseThrow();
    Map<String, String> parameters = new TreeMap<>(intent.parameters());
    parameters.put(ActionOrder.UNDOES, intent.fence());
    return new PlannedStep(
        Execution.UNDO + intent.step(),
        "Take back " + intent.step(),
        inverse,
        intent.target(),
        Collections.unmodifiableMap(parameters),
        Duration.ZERO,
        false,
        null);
  }
}
