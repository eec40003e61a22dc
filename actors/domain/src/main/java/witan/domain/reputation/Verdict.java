package witan.domain.reputation;

/** What the incident turned out to be, said after it. */
public enum Verdict {
  TRUE_POSITIVE(1),
  FALSE_POSITIVE(2),
  DUPLICATE(3),
  INCONCLUSIVE(4);

  private final int code;

  Verdict(int code) {
    this.code = code;
  }

  /** What a member signs for it, a uint8; none of them ever changes, and 0 is no verdict. */
  public int code() {
    return code;
  }
}
