package witan.domain.proposal;

/** Where a case stands. */
public enum Phase {
  /** No event yet. */
  UNOPENED,
  OBSERVING,
  VOTING,
  APPROVED,
  REJECTED,
  EXPIRED,
  /** Stopped by a guardian, whatever the vote came to. */
  VETOED,
  EXECUTING,
  CLOSED
}
