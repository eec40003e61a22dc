package witan.actors.spi;

import java.util.concurrent.CompletionException;

/** What stages fail with. */
public final class Failures {
  private Failures() {}

  /** What a stage failed with, whether or not other stages have handed it on. */
  public static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
