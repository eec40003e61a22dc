package witan.domain.registry;

import java.time.Duration;
import java.time.Instant;

/**
 * A registry as it was. Never before its founding, which all founders signed: of an earlier place
 * or time, the founding; where there is none, the empty state.
 */
public interface RegistryHistory {
  /** The registry after its entries with a log index below that. */
  RegistryState before(long index);

  /**
   * The registry after the longest run of its first entries that are all before that place in the
   * log and logged at least that long before its time.
   */
  RegistryState heldBefore(LogPlace place, Duration holding);

  /**
   * The registry after its last entry at or before that time: for what is judged by {@link
   * witan.domain.proposal.SnapshotRule#BY_TIME} alone.
   */
  RegistryState at(Instant time);
}
