package witan.actors.memory;

/** A node's file is not what the log signed, or cannot be read: the node must not start. */
public final class DamagedMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * For a person.
   *
   * @param message names the file and what to do
   */
  DamagedMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
