package witan.domain.proposal;

import java.time.Instant;
import witan.domain.governance.Tally;

/**
 * A decision.
 *
 * @param phase APPROVED, REJECTED, EXPIRED or VETOED
 * @param option index of the winning option; -1 where nothing won, or not yet
 * @param settled decided before the deadline
 * @param seq number of the event that decided
 */
public record Outcome(
    Phase phase, int option, Tally tally, boolean settled, Instant at, long seq) {}
