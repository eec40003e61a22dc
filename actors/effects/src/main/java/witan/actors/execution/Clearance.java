package witan.actors.execution;

import witan.domain.planning.PlannedWorkflow;
import witan.domain.waiting.Reason;

/** Whether a decided case may be executed. */
sealed interface Clearance {
  record Ready(PlannedWorkflow plan) implements Clearance {}

  /** The record does not bear out the decision; nothing must be done. */
  record Refuse(String code, String detail) implements Clearance {}

  /** Not yet; says why. */
  record Wait(Reason why) implements Clearance {}
}
