package witan.domain.governance;

import witan.domain.detection.Severity;

/**
 * How urgent an incident is: from severity, confidence and corroboration. CRITICAL and FATAL are
 * URGENT, HIGH is ELEVATED, the rest ROUTINE; two or more distinct sensors make it one step more
 * urgent, a confidence below {@link #DOUBTFUL} one step less.
 */
public final class UrgencyRule {
  /** Percent. */
  public static final int DOUBTFUL = 50;

  private static final Urgency[] STEPS = {Urgency.ROUTINE, Urgency.ELEVATED, Urgency.URGENT};

  private UrgencyRule() {}

  /**
   * The urgency of an incident.
   *
   * @param gravest severity of its alerts
   * @param confidence 0 to 100; 100 where the sensor states none
   * @param sensors how many distinct sensors saw it
   */
  public static Urgency of(Severity gravest, int confidence, int sensors) {
    int step = 0;
    if (gravest.compareTo(Severity.CRITICAL) >= 0) {
      step = 2;
    } else if (gravest == Severity.HIGH) {
      step = 1;
    }
    step += (sensors >= 2 ? 1 : 0) - (confidence < DOUBTFUL ? 1 : 0);
    return STEPS[Math.max(0, Math.min(STEPS.length - 1, step))];
  }
}
