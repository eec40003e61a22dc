package witan.domain.proposal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Decision;

/**
 * How an operator holds an execution up, for members to look at it: no forward step begins before
 * the pause is over. What was begun goes on, with its deadline; what takes a step back, an abort, a
 * veto and the end of a lease wait for nothing. A token can delay with it and no more, and not for
 * ever: {@value #MOST} pauses are {@value #MOST} quarters of an hour at most.
 */
final class PauseRules {
  /** Eight hours: a shift. */
  static final int MOST = 32;

  /** One that is asked for again so soon is the same: an answer was lost, or two saw the same. */
  static final Duration SAME = Duration.ofMinutes(1);

  private PauseRules() {}

  static Decision<CaseEvent> pause(CaseState s, CaseCommand.PauseExecution c, Instant now) {
    Pauses known = s.precautions().pauses();
    CaseEvent.ExecutionPaused last = known.last();
    Long before = s.seqByKey().get(CaseKeys.PAUSED);
    if (before != null && last != null && now.isBefore(last.at().plus(SAME))) {
      return new Decision.Repeated<>(before);
    }
    if (c.reason().isBlank()) {
      return Decision.refuse("pause_reason", "a pause has a reason", "say why, for the others");
    }
    Decision<CaseEvent> wrong = notRunning(s);
    if (wrong != null) {
      return wrong;
    }
    if (known.count() >= MOST) {
      return Decision.refuse(
          "pauses_used_up",
          "the execution was paused " + MOST + " times",
          "let a member abort it, or let it go on");
    }
    return Decision.accept(
        new CaseEvent.ExecutionPaused(
            c.by().pseudonym(),
            Texts.cut(c.reason(), Texts.MAX_DETAIL),
            now.plus(Pauses.LENGTH),
            now,
            c.by().sealed()));
  }

  static Decision<CaseEvent> resume(CaseState s, CaseCommand.ResumeExecution c, Instant now) {
    Long resumed = s.seqByKey().get(CaseKeys.RESUMED);
    Long paused = s.seqByKey().get(CaseKeys.PAUSED);
    if (resumed != null && paused != null && resumed > paused) {
      return new Decision.Repeated<>(resumed);
    }
    Decision<CaseEvent> wrong = notRunning(s);
    if (wrong != null) {
      return wrong;
    }
    return s.precautions().pauses().at(now)
        ? Decision.accept(new CaseEvent.ExecutionResumed(c.by().pseudonym(), now, c.by().sealed()))
        : Decision.refuse("not_paused", "the execution is not paused", "read the case");
  }

  private static @Nullable Decision<CaseEvent> notRunning(CaseState s) {
    Decision<CaseEvent> unstoppable = Phases.unstoppable(s, "not_pausable");
    if (unstoppable != null) {
      return unstoppable;
    }
    Execution x = s.execution();
    return x == null || x.abort() == null
        ? null
        : Decision.refuse(
            "execution_aborted", "the execution was ended early", "no further step begins");
  }

  /** Whether a step may not begin yet. A provisional one is switched off, not paused. */
  static boolean holds(CaseState s, String step, Instant now) {
    return s.precautions().pauses().at(now)
        && !step.startsWith(Execution.UNDO)
        && !Containment.owns(step);
  }
}
