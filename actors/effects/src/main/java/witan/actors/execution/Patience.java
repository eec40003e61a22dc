package witan.actors.execution;

import java.time.Instant;
import java.time.InstantSource;

/** How long one wake goes on without progress; after that the case's driver wakes again. */
final class Patience {
  private static final int MAX_DECLINED = 3;

  private final ExecutionSettings settings;
  private final InstantSource clock;

  private Instant since = Instant.MAX;
  private int declined;
  private String said = "";

  Patience(ExecutionSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Something went on, or a wake came. */
  void renew() {
    declined = 0;
    since = clock.instant();
  }

  /** Until then nothing is expected. */
  void restUntil(Instant until) {
    since = until;
  }

  /** Whether a case that refuses what it is told is left alone. */
  boolean endedByRefusal() {
    return ++declined >= MAX_DECLINED;
  }

  boolean over() {
    return clock.instant().isAfter(since.plus(settings.maxWait()));
  }

  /** Whether that reason to wait was not given before. */
  boolean news(String reason) {
    boolean news = !reason.equals(said);
    said = reason;
    return news;
  }
}
