package witan.domain.planning;

import witan.domain.common.Refusal;

/** Leaves the planner. */
final class PlanRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  PlanRefused(String code, String message) {
    super(message, null, false, false);
    this.refusal = new Refusal(code, message, "Propose another option.");
  }

  Refusal refusal() {
    return refusal;
  }
}
