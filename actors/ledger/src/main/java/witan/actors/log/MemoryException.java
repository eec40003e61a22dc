package witan.actors.log;

import org.jspecify.annotations.Nullable;
import witan.actors.spi.Failures;

/** A node's own file does not agree to a checkpoint. */
public final class MemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean contradicts;

  private MemoryException(String message, boolean contradicts) {
    super(message, null, false, false);
    this.contradicts = contradicts;
  }

  /** Another root was signed for its size. */
  public static MemoryException contradiction(String message) {
    return new MemoryException(message, true);
  }

  /** The log went on elsewhere meanwhile. */
  public static MemoryException outgrown(String message) {
    return new MemoryException(message, false);
  }

  public boolean contradicts() {
    return contradicts;
  }

  static @Nullable MemoryException in(Throwable failure) {
    Throwable cause = Failures.cause(failure);
    return cause instanceof MemoryException found ? found : null;
  }
}
