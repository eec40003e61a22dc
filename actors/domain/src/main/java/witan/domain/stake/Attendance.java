package witan.domain.stake;

import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;

/**
 * An elector of an urgent vote who cast no For or Against, by the final set of ballots.
 *
 * @param abstained whether there was an explicit Abstain
 * @param delegated whether a delegation stood in the snapshot
 * @param notice digest of the receipt that proves the notification, delivered in time; or null
 */
public record Attendance(
    String member, boolean abstained, boolean delegated, @Nullable Digest notice) {}
