package witan.domain.governance;

/** How the quorum counts; decision 0128. */
public enum CountingMode {
  /** Everybody who voted: F + A + B. */
  PARTICIPATION,
  /** OpenZeppelin {@code quorum=for,abstain}: F + B. */
  BRAVO
}
