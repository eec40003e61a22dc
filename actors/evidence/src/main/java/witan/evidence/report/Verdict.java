package witan.evidence.report;

/** The answer, and the exit code that says it. */
public enum Verdict {
  PROVEN(0),
  DISPROVED(1),
  COULD_NOT_CHECK(2);

  private final int exitCode;

  Verdict(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }

  /** Of both together: one disproof disproves, and only proofs prove. */
  public Verdict and(Verdict other) {
    if (this == DISPROVED || other == DISPROVED) {
      return DISPROVED;
    }
    return this == PROVEN ? other : this;
  }

  public String text() {
    return name().replace('_', ' ');
  }
}
