package witan.evidence.report;

/** The answer, and the exit code that says it. */
public enum Verdict {
  PROVEN(0),
  DISPROVED(1),
  COULD_NOT_CHECK(2),
  /** Nothing speaks against it, and the report names what nobody looked up. */
  PROVEN_BUT_FOR(3);

  private final int exitCode;

  Verdict(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }

  /** Of both together: one disproof disproves, and only proofs prove. */
  public Verdict and(Verdict other) {
    return worth() <= other.worth() ? this : other;
  }

  private int worth() {
    return switch (this) {
      case DISPROVED -> 0;
      case COULD_NOT_CHECK -> 1;
      case PROVEN_BUT_FOR -> 2;
      case PROVEN -> 3;
    };
  }

  public String text() {
    return name().replace('_', ' ');
  }
}
