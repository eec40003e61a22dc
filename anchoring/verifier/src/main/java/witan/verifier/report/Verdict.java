package witan.verifier.report;

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

  public String text() {
    return name().replace('_', ' ');
  }
}
