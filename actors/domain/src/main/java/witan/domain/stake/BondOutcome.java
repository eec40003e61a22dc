package witan.domain.stake;

/** How the proposal that a bond was posted for ended. */
public enum BondOutcome {
  /** Decided for; executed or not, the proposer is not to blame. */
  APPROVED,
  /** Too few voted. */
  NO_QUORUM,
  REJECTED,
  /** The case ended without a decision, perhaps without a vote: nothing was asked of anybody. */
  UNDECIDED
}
