package witan.actors.execution;

import witan.domain.planning.PlannedWorkflow;

/** Whether a decided case may be executed. */
sealed interface Verdict {
  record Ready(PlannedWorkflow plan) implements Verdict {}

  /** The record does not bear out the decision; nothing must be done. */
  record Refuse(String code, String detail) implements Verdict {}

  /** Not yet; says why. */
  record Wait(String reason) implements Verdict {}
}
