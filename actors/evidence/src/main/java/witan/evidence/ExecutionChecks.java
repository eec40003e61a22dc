package witan.evidence;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;

/**
 * That nothing was done before the council approved it, or without being announced, and that a
 * rehearsal is called one.
 */
final class ExecutionChecks {
  private static final String REHEARSAL = "rehearsal";

  private final Map<String, StepOutcome> outcomes = new LinkedHashMap<>();
  private final Set<String> announced = new HashSet<>();
  private CaseEvent.@Nullable ProposalApproved approved;
  private CaseEvent.@Nullable ContainmentStarted contained;
  private CaseEvent.@Nullable ExecutionStarted started;
  private CaseEvent.@Nullable AbortRequested aborted;
  private CaseEvent.@Nullable ExecutionEnded ended;
  private int pauses;

  private ExecutionChecks() {}

  static String check(CaseFile file) {
    ExecutionChecks checks = new ExecutionChecks();
    file.entries().forEach(l -> checks.take("number " + l.entry().seq(), l.event()));
    return checks.result();
  }

  private void take(String where, CaseEvent event) {
    if (event instanceof CaseEvent.ProposalApproved e) {
      approved = e;
    } else if (event instanceof CaseEvent.ExecutionStarted e) {
      CheckFailed.unless(
          approved != null && approved.option() == e.option(),
          where + ": an execution of what the council had not approved");
      started = e;
    } else if (event instanceof CaseEvent.ContainmentStarted e) {
      contained = e;
    } else if (event instanceof CaseEvent.StepIntended e) {
      CheckFailed.unless(
          (started != null && started.steps().contains(forward(e.step())))
              || (contained != null && contained.steps().contains(forward(e.step()))),
          where + ": a step that no execution named");
      CheckFailed.unless(
          aborted == null || (aborted.undo() && e.step().startsWith(Execution.UNDO)),
          where + ": a step that began after the execution was aborted");
      announced.add(attempt(e.step(), e.attempt()));
    } else if (event instanceof CaseEvent.StepObserved e) {
      CheckFailed.unless(
          announced.contains(attempt(e.step(), e.attempt())),
          where + ": step " + e.step() + " was observed and never intended");
      outcomes.put(attempt(e.step(), e.attempt()), e.outcome());
    } else if (event instanceof CaseEvent.AbortRequested e) {
      CheckFailed.unless(approved != null, where + ": an abort of what was not approved");
      aborted = e;
    } else if (event instanceof CaseEvent.ExecutionPaused) {
      pauses++;
    } else if (event instanceof CaseEvent.ExecutionEnded e) {
      ended = e;
    }
  }

  private String result() {
    if (ended == null) {
      CheckFailed.unless(started == null, "the execution has no end");
      return "nothing was executed";
    }
    CheckFailed.unless(
        ended.outcome() != ExecutionOutcome.ABORTED || aborted != null,
        "an execution ended as aborted that nobody aborted");
    if (started == null) {
      CheckFailed.unless(
          ended.outcome() == ExecutionOutcome.REFUSED
              || ended.outcome() == ExecutionOutcome.ABORTED,
          "an end of an execution without a start");
      return "nothing was executed: " + ended.detail();
    }
    boolean rehearsed =
        started.adapter().equals(REHEARSAL) || outcomes.containsValue(StepOutcome.REHEARSED);
    boolean real =
        outcomes.containsValue(StepOutcome.DONE) || ended.outcome() == ExecutionOutcome.SUCCEEDED;
    CheckFailed.unless(!(rehearsed && real), "a rehearsal is logged as if something had been done");
    CheckFailed.unless(
        rehearsed || ended.outcome() != ExecutionOutcome.REHEARSED,
        "what the adapter " + started.adapter() + " did is logged as a rehearsal");
    return (rehearsed ? "REHEARSED, nothing was sent to any cluster: " : "")
        + announced.size()
        + " attempts at "
        + started.steps().size()
        + " steps by "
        + started.adapter()
        + " after the approval, each announced before it was observed; it ended "
        + ended.outcome()
        + (pauses == 0 ? "" : "; a token paused it " + pauses + " times");
  }

  /** What takes a step back is named by the step. */
  private static String forward(String step) {
    return step.startsWith(Execution.UNDO) ? step.substring(Execution.UNDO.length()) : step;
  }

  private static String attempt(String step, int attempt) {
    return attempt + "|" + step;
  }
}
