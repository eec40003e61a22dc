package witan.domain.proposal;

import java.time.Instant;
import java.util.List;
import witan.domain.common.Decision;

/**
 * How an operator ends an execution early. Nothing is torn down: what was begun is observed first,
 * and the executor then takes back what it can. Changes of the registry are the members' own: no
 * operator stops them.
 */
final class AbortRules {
  /** Why an aborted case closes. */
  static final String REASON = "aborted";

  private AbortRules() {}

  static Decision<CaseEvent> abort(CaseState s, CaseCommand.AbortExecution c, Instant now) {
    Execution x = s.execution();
    Long before = s.seqByKey().get(CaseKeys.ABORT);
    if (before != null) {
      boolean other = x != null && x.abort() != null && x.abort().undo() != c.undo();
      return other
          ? Decision.refuse(
              "abort_exists", "it was aborted with undo=" + !c.undo(), "read the execution")
          : new Decision.Repeated<>(before);
    }
    if (s.seqByKey().containsKey(CaseKeys.ENDED) && x != null) {
      return Decision.refuse(
          "execution_ended",
          "the execution had ended before: " + x.outcome(),
          "propose what takes its effects back");
    }
    if (c.reason().isBlank()) {
      return Decision.refuse("abort_reason", "an abort has a reason", "say why, for the others");
    }
    Voting v = s.voting();
    Outcome outcome = s.outcome();
    boolean running = s.phase() == Phase.APPROVED || s.phase() == Phase.EXECUTING;
    if (!running || v == null || outcome == null) {
      return Phases.wrong(s, Phase.EXECUTING);
    }
    if (v.content().kind() != ProposalKind.INCIDENT) {
      return Decision.refuse(
          "not_abortable",
          "a change of the registry is decided and made by the members alone",
          "propose another change");
    }
    if (Phases.nothingToDo(v, outcome)) {
      return Decision.refuse(
          "no_action", "the council decided that nothing is done", "wait for the deadline");
    }
    if (ContainmentRules.open(s) != null) {
      return ContainmentRules.inTheWay();
    }
    CaseEvent requested =
        new CaseEvent.AbortRequested(
            c.by().pseudonym(),
            Texts.cut(c.reason(), Texts.MAX_DETAIL),
            c.undo(),
            now,
            c.by().sealed());
    return s.phase() == Phase.EXECUTING
        ? Decision.accept(requested)
        : Decision.accept(Phases.closing(s, List.of(requested, neverBegun(now)), REASON, now));
  }

  private static CaseEvent neverBegun(Instant now) {
    return new CaseEvent.ExecutionEnded(ExecutionOutcome.ABORTED, "before it had begun", now);
  }

  /** Whether a step may not begin any more: all but what takes an observed step back. */
  static boolean forbids(Execution x, String step) {
    CaseEvent.AbortRequested abort = x.abort();
    if (abort == null) {
      return false;
    }
    boolean back = step.startsWith(Execution.UNDO);
    return !back || !abort.undo() || x.latest(step.substring(Execution.UNDO.length())) == null;
  }
}
