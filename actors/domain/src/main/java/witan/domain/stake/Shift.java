package witan.domain.stake;

import java.time.Instant;

/** A time on duty, from included to excluded. */
public record Shift(Instant from, Instant until) {
  public Shift {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("a shift ends after it begins");
    }
  }

  /** Whether the whole of that time is in the shift. */
  public boolean covers(Instant begin, Instant end) {
    return !begin.isBefore(from) && !end.isAfter(until);
  }
}
