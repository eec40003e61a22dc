package witan.domain.proposal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryState;

/**
 * Where a case begins, for policy, rights and weights: what the registry is told later is for later
 * cases.
 *
 * @param first place of the case's first entry; under {@link SnapshotRule#BY_TIME} with the time of
 *     the first alert or of the proposal
 */
public record Snapshot(SnapshotRule rule, LogPlace first) {
  /**
   * That of a case.
   *
   * @param rule of the entry that opened its vote
   * @param first place of its first entry
   * @param events its own, from the first one on; what comes after the opening of the vote is
   *     passed over
   */
  public static Snapshot of(SnapshotRule rule, LogPlace first, List<CaseEvent> events) {
    return new Snapshot(
        rule,
        rule == SnapshotRule.BY_LOG ? first : new LogPlace(first.index(), claimed(first, events)));
  }

  /** That of a case whose vote opens now. */
  public static Snapshot now(LogPlace first) {
    return new Snapshot(SnapshotRule.BY_LOG, first);
  }

  private static Instant claimed(LogPlace first, List<CaseEvent> events) {
    Instant alerted = null;
    for (CaseEvent event : events) {
      if (event instanceof CaseEvent.Proposed e) {
        return e.at();
      } else if (event instanceof CaseEvent.AlertRecorded e && alerted == null) {
        alerted = e.alert().ingestedAt();
      } else if (event instanceof CaseEvent.VotingOpened) {
        break;
      }
    }
    return alerted == null ? first.at() : alerted;
  }

  /** When the case began: delegations must not have expired by then, nor signers' keys ended. */
  public Instant time() {
    return first.at();
  }

  /** Who can do what, and which policies are in force. */
  public RegistryState rights(RegistryHistory history) {
    return rule.rights(history, first);
  }

  /** Who has held what for as long as that. */
  public RegistryState weights(RegistryHistory history, Duration holding) {
    return rule.weights(history, first, holding);
  }

  /** The time of which reputation is reckoned. */
  Instant valued(Duration holding) {
    return rule.valued(first, holding);
  }
}
