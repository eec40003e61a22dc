package witan.domain.proposal;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Decision;
import witan.domain.detection.Alert;

/**
 * Provisional containment, as far as it is the case's to know: one at most, while the vote runs,
 * where the proposal allows it, upon two distinct sensors or one that is trusted. Nothing ends the
 * case, and no other option is executed, while its effects are there.
 */
final class ContainmentRules {
  /** Tries and refusals that are written down; after that the case waits for its vote. */
  static final int MAX_REFUSALS = 10;

  private ContainmentRules() {}

  static @Nullable Containment open(CaseState s) {
    Containment containment = s.precautions().containment();
    return containment != null && containment.open() ? containment : null;
  }

  /** Why a case cannot go on yet. */
  static Decision<CaseEvent> inTheWay() {
    return Decision.refuse(
        "containment_open", "a provisional containment is not taken back yet", "revert it");
  }

  /** What intents and observations belong to now; null where nothing is carried out. */
  static @Nullable Execution ledger(CaseState s) {
    Containment containment = open(s);
    if (containment != null) {
      return containment.ledger();
    }
    return s.phase() == Phase.EXECUTING ? s.execution() : null;
  }

  static Decision<CaseEvent> start(CaseState s, CaseCommand.StartContainment c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.CONTAINED);
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    Voting v = s.voting();
    if (s.phase() != Phase.VOTING || v == null) {
      return Phases.wrong(s, Phase.VOTING);
    }
    if (!v.content().provisionalContainment() || !now.isBefore(v.deadline())) {
      return Decision.refuse(
          "containment_not_allowed",
          "the proposal allows none, or its vote is over",
          "let the council vote");
    }
    if (c.option() < 0 || c.option() >= v.content().options().size()) {
      return Decision.refuse("wrong_option", "there is no such option", "take one of the proposal");
    }
    if (!corroborated(s.alerts(), c)) {
      return Decision.refuse(
          "not_corroborated",
          "the alerts are not of two distinct sensors, nor of a trusted one",
          "let the council vote");
    }
    boolean steps =
        !c.steps().isEmpty()
            && c.steps().size() <= ExecutionRules.MAX_STEPS
            && new HashSet<>(c.steps()).size() == c.steps().size()
            && c.steps().stream()
                .allMatch(
                    step ->
                        step.startsWith(Containment.PREFIX)
                            && step.length() <= ExecutionRules.MAX_NAME);
    return steps
        ? Decision.accept(
            new CaseEvent.ContainmentStarted(
                c.option(),
                v.content().playbook(c.option()),
                c.adapter(),
                c.steps(),
                c.sensors(),
                c.trusted(),
                c.grant(),
                c.lease(),
                now))
        : Decision.refuse(
            "steps_invalid", "each step once, as " + Containment.PREFIX + "<id>", "name them");
  }

  private static boolean corroborated(List<Alert> alerts, CaseCommand.StartContainment c) {
    Set<String> known = alerts.stream().map(Alert::sensor).collect(Collectors.toSet());
    Set<String> named = Set.copyOf(c.sensors());
    return known.containsAll(named) && named.size() >= (c.trusted() ? 1 : 2);
  }

  static Decision<CaseEvent> refuse(CaseState s, CaseCommand.RefuseContainment c, Instant now) {
    if (s.phase() != Phase.VOTING) {
      return Phases.wrong(s, Phase.VOTING);
    }
    int judged = Math.min(c.alerts(), s.alerts().size());
    CaseEvent.ContainmentRefused last = s.precautions().refused();
    Long before = s.seqByKey().get(CaseKeys.REFUSED);
    if (before != null && last != null && last.alerts() >= judged) {
      return new Decision.Repeated<>(before);
    }
    if (s.precautions().refusals() >= MAX_REFUSALS || s.precautions().containment() != null) {
      return Decision.refuse(
          "containment_decided", "there is nothing more to refuse", "let the council vote");
    }
    return Decision.accept(
        new CaseEvent.ContainmentRefused(
            c.code(), Texts.cut(c.detail(), Texts.MAX_DETAIL), judged, now));
  }

  static Decision<CaseEvent> end(CaseState s, CaseCommand.EndContainment c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.CONTAINMENT_ENDED);
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    Containment containment = open(s);
    if (containment == null) {
      return Decision.refuse(
          "no_containment", "there is no provisional containment", "read the case");
    }
    Map<String, CaseEvent.StepObserved> seen = containment.ledger().observations();
    boolean all = true;
    boolean back = true;
    for (String step : containment.ledger().intents().keySet()) {
      CaseEvent.StepObserved undone = seen.get(Execution.UNDO + step);
      if (!step.startsWith(Execution.UNDO)) {
        CaseEvent.StepObserved own = seen.get(step);
        // What nobody knows, and no order can take back, is left to a person.
        boolean left = own != null && own.outcome() == StepOutcome.UNKNOWN;
        all = all && own != null && (undone != null || left);
        back =
            back
                && undone != null
                && (undone.outcome() == StepOutcome.DONE
                    || undone.outcome() == StepOutcome.REHEARSED);
      }
    }
    if (!all) {
      return Decision.refuse(
          "containment_unfinished", "a step was not taken back yet", "take it back first");
    }
    CaseEvent ended =
        new CaseEvent.ContainmentEnded(
            back ? ContainmentOutcome.REVERTED : ContainmentOutcome.NOT_REVERTED,
            Texts.cut(c.reason(), Texts.MAX_REASON),
            now);
    return Decision.accept(
        s.phase() == Phase.VETOED
            ? Phases.closing(s, List.of(ended), Phases.VETOED, now)
            : List.of(ended));
  }

  /** Whether that step may be begun; null where it may. */
  static @Nullable Decision<CaseEvent> step(CaseState s, String step, Instant now) {
    Containment containment = open(s);
    Voting v = s.voting();
    if (containment == null || v == null || step.startsWith(Execution.UNDO)) {
      return null;
    }
    boolean runs =
        s.phase() == Phase.VOTING
            && !containment.reverting()
            && now.isBefore(containment.expiresAt(v));
    return runs
        ? null
        : Decision.refuse("lease_over", "nothing more is done under this lease", "take it back");
  }

  /**
   * The event that makes provisional effects those of the execution that starts.
   *
   * @return empty where there are none; null where they are in the way
   */
  static @Nullable List<CaseEvent> confirmed(CaseState s, int option, Instant now) {
    Containment containment = open(s);
    if (containment == null) {
      return List.of();
    }
    return containment.ledger().option() == option && containment.holds()
        ? List.of(new CaseEvent.ContainmentEnded(ContainmentOutcome.CONFIRMED, "", now))
        : null;
  }
}
