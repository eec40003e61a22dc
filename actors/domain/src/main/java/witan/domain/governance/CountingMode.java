package witan.domain.governance;

/** How the quorum counts; {@code governance.md}, "Decision rule". */
public enum CountingMode {
  /** Everybody who voted: F + A + B. */
  PARTICIPATION,
  /** OpenZeppelin {@code quorum=for,abstain}: F + B. */
  BRAVO
}
