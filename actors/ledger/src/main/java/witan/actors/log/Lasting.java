package witan.actors.log;

import java.time.Duration;

/**
 * For how long something has been so. Between two looks no more than ten seconds count: while
 * nobody could look, as in an outage of the database, nobody knows, and nobody could mend it. Not
 * thread-safe.
 */
public final class Lasting {
  private static final long MOST_BETWEEN_NANOS = Duration.ofSeconds(10).toNanos();

  private long lastNanos;
  private long sumNanos;

  /** Begins now. */
  public Lasting(long nowNanos) {
    this.lastNanos = nowNanos;
  }

  /** It is so still: for how long by now, in nanoseconds. */
  public long still(long nowNanos) {
    sumNanos += Math.min(nowNanos - lastNanos, MOST_BETWEEN_NANOS);
    lastNanos = nowNanos;
    return sumNanos;
  }
}
