package witan.domain.api;

import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;

/**
 * The answer to one alert.
 *
 * @param caseId null when RECORDED or SUPPRESSED
 * @param follows the earlier case about the same resource, where this alert opened another; else
 *     null
 */
public record Intaken(
    String alertId,
    IntakeOutcome outcome,
    @Nullable CaseId caseId,
    @Nullable CaseId follows,
    Receipt receipt) {

  /** That follows none. */
  public Intaken(String alertId, IntakeOutcome outcome, @Nullable CaseId caseId, Receipt receipt) {
    this(alertId, outcome, caseId, null, receipt);
  }
}
