package witan.actors.execution;

import java.util.List;

/** Whether a decided case may be executed. */
sealed interface Verdict {
  record Ready(List<StepPlan> plans) implements Verdict {
    public Ready {
      plans = List.copyOf(plans);
    }
  }

  /** The record does not bear out the decision; nothing must be done. */
  record Refuse(String code, String detail) implements Verdict {}

  /** Not yet; says why. */
  record Wait(String reason) implements Verdict {}
}
