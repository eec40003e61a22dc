package witan.domain.api;

import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;

/**
 * The answer to one alert.
 *
 * @param caseId null when RECORDED or SUPPRESSED
 */
public record Intaken(
    String alertId, IntakeOutcome outcome, @Nullable CaseId caseId, Receipt receipt) {}
