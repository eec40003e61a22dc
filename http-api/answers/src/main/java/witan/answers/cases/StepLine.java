package witan.answers.cases;

import org.jspecify.annotations.Nullable;
import witan.domain.proposal.CaseEvent;

/** A step of an execution: what was meant, and what was seen. */
public record StepLine(
    String step,
    State state,
    boolean rehearsed,
    CaseEvent.@Nullable StepIntended intent,
    CaseEvent.@Nullable StepObserved observation) {

  /** The outcome that was seen, or what there is before it. */
  public enum State {
    WAITING,
    INTENDED,
    DONE,
    REHEARSED,
    FAILED,
    UNKNOWN
  }
}
