package witan.domain.proposal;

import java.time.Instant;
import java.util.List;
import witan.domain.common.Decision;

/**
 * How an execution ends early. Nothing is torn down: what was begun is observed first, and the
 * executor then takes back what it can. Changes of the registry are the members' own: nobody stops
 * them alone.
 */
final class AbortRules {
  /** Why an aborted case closes. */
  static final String REASON = "aborted";

  private AbortRules() {}

  /** Asks no signature; {@code requested} is what is logged where it may be. */
  static Decision<CaseEvent> abort(CaseState s, CaseEvent.AbortRequested requested, Instant now) {
    Execution x = s.execution();
    Long before = s.seqByKey().get(CaseKeys.ABORT);
    if (before != null) {
      boolean other = x != null && x.abort() != null && x.abort().undo() != requested.undo();
      return other
          ? Decision.refuse(
              "abort_exists", "it was aborted with undo=" + !requested.undo(), "read the execution")
          : new Decision.Repeated<>(before);
    }
    if (s.seqByKey().containsKey(CaseKeys.ENDED) && x != null) {
      return Decision.refuse(
          "execution_ended",
          "the execution had ended before: " + x.outcome(),
          "propose what takes its effects back");
    }
    if (requested.reason().isBlank()) {
      return Decision.refuse("abort_reason", "an abort has a reason", "say why, for the others");
    }
    Decision<CaseEvent> unstoppable = Phases.unstoppable(s, "not_abortable");
    if (unstoppable != null) {
      return unstoppable;
    }
    if (ContainmentRules.open(s) != null) {
      return ContainmentRules.inTheWay();
    }
    return s.phase() == Phase.EXECUTING
        ? Decision.accept(requested)
        : Decision.accept(Phases.closing(s, List.of(requested, neverBegun(now)), REASON, now));
  }

  private static CaseEvent neverBegun(Instant now) {
    return new CaseEvent.ExecutionEnded(ExecutionOutcome.ABORTED, "before it had begun", now);
  }

  /**
   * Whether a step may not begin any more: all but what takes an observed step back. Whether that
   * is due is the executor's to know: of an abort that is nobody's it takes back what it did,
   * whatever that abort said of it.
   */
  static boolean forbids(Execution x, String step) {
    boolean back =
        step.startsWith(Execution.UNDO)
            && x.latest(step.substring(Execution.UNDO.length())) != null;
    return x.abort() != null && !back;
  }
}
