package witan.dev;

/**
 * A child process could not be started, did not become ready, or died; the message holds the tail
 * of its log.
 */
public final class ChildProcessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ChildProcessException(String message) {
    super(message);
  }

  public ChildProcessException(String message, Throwable cause) {
    super(message, cause);
  }
}
