package witan.actors.execution;

import witan.domain.planning.PlannedWorkflow;
import witan.domain.waiting.Reason;

/** Whether a decided case may be executed. */
sealed interface Verdict {
  record Ready(PlannedWorkflow plan) implements Verdict {}

  /** The record does not bear out the decision; nothing must be done. */
  record Refuse(String code, String detail) implements Verdict {}

  /** Not yet; says why. */
  record Wait(Reason why) implements Verdict {
    String reason() {
      return why.detail();
    }
  }
}
