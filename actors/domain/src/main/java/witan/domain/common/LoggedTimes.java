package witan.domain.common;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the times in the log are bound to ({@code verified-case.md}, A): the sequencer accepts no
 * others, and evidence finds no others.
 */
public final class LoggedTimes {
  /** An accepted entry's time is at most so far from the clock of the sequencer. */
  public static final Duration MAX_DIFFERENCE = Duration.ofSeconds(60);

  /**
   * And at most so far before the time of any entry that precedes it in the log. Twice the
   * difference: clocks of which none is off by more never meet this bound.
   */
  public static final Duration MAX_BEHIND = Duration.ofMinutes(2);

  private LoggedTimes() {}

  /**
   * Times that can be accepted, both ends included.
   *
   * @param from after {@code to} where no time can be: the log is ahead of the clock
   */
  public record Window(Instant from, Instant to) {
    public boolean holds(Instant at) {
      return !at.isBefore(from) && !at.isAfter(to);
    }
  }

  /**
   * What a sequencer accepts.
   *
   * @param difference at most {@link #MAX_DIFFERENCE}
   * @param latest the greatest time of all entries before; null when there are none
   */
  public static Window window(Instant clock, Duration difference, @Nullable Instant latest) {
    Instant from = clock.minus(difference);
    Instant bound = latest == null ? from : latest.minus(MAX_BEHIND);
    return new Window(from.isBefore(bound) ? bound : from, clock.plus(difference));
  }

  /** Whether an entry of that time may follow those up to {@code latest}. */
  public static boolean follows(Instant at, @Nullable Instant latest) {
    return latest == null || !at.isBefore(latest.minus(MAX_BEHIND));
  }

  public static Instant later(@Nullable Instant one, Instant other) {
    return one == null || other.isAfter(one) ? other : one;
  }
}
