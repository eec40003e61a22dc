package witan.cluster;

/** It could not be started, and why: a message for a person, without a stack trace. Exit code 2. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartException(String message) {
    super(message);
  }
}
