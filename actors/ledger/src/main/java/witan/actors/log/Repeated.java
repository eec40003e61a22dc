package witan.actors.log;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Something that may happen often and is told seldom. Thread-safe. */
public final class Repeated {
  private final long pauseNanos;
  private final LongSupplier nanos;
  private boolean told;
  private long toldAt;
  private long untold;

  /**
   * Has not happened yet.
   *
   * @param pause at least, between two that are told
   * @param nanos a clock as {@link System#nanoTime}
   */
  Repeated(Duration pause, LongSupplier nanos) {
    this.pauseNanos = pause.toNanos();
    this.nanos = nanos;
  }

  /** It happens: how many were not told since the last that was, or empty when this one is not. */
  public synchronized OptionalLong turn() {
    long now = nanos.getAsLong();
    if (told && now - toldAt < pauseNanos) {
      untold++;
      return OptionalLong.empty();
    }
    told = true;
    toldAt = now;
    long before = untold;
    untold = 0;
    return OptionalLong.of(before);
  }
}
