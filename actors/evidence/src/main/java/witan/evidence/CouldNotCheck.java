package witan.evidence;

/** Nothing speaks against the evidence, but something that is needed is not there. */
public final class CouldNotCheck extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CouldNotCheck(String message) {
    super(message, null, false, false);
  }
}
