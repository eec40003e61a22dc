package witan.domain.proposal;

/** How a provisional containment ended. */
public enum ContainmentOutcome {
  /** The vote chose the same option: the effects stay, and its execution goes on from there. */
  CONFIRMED,
  /** Every effect was taken back. */
  REVERTED,
  /** An effect could not be taken back, or it is not known whether it was: a person must look. */
  NOT_REVERTED
}
