package witan.domain.reputation;

import java.time.Instant;

/**
 * Points of one identity; never negative, not transferable. They decay once at each start of a day
 * (UTC), by the same exact step whoever looks and however often: {@code at} of a later time gives
 * the same whether or not somebody looked in between. Ninety steps halve them, to within a
 * millionth of a point for each step.
 *
 * @param millionths of a point, as they stood on that day
 * @param day days since 1970-01-01, UTC
 */
public record Reputation(long millionths, long day) {
  public static final Reputation NONE = new Reputation(0, 0);

  /** The most points anybody can have. */
  public static final long MOST_POINTS = 2_000;

  private static final long MILLION = 1_000_000;
  private static final long DAY_SECONDS = 86_400;

  /** 2^(-1/90), in units of 2^-32. */
  private static final long DAILY = 4_262_016_077L;

  public Reputation {
    if (millionths < 0 || millionths > MOST_POINTS * MILLION || day < 0) {
      throw new IllegalArgumentException("points are from 0 to " + MOST_POINTS);
    }
  }

  /** As they stand at that time; a time before the last change takes nothing back. */
  public Reputation at(Instant time) {
    long today = Math.max(day, dayOf(time));
    long left = millionths;
    for (long d = day; d < today && left > 0; d++) {
      left = (left * DAILY) >>> 32; // below 2^63: so much is the most
    }
    return new Reputation(left, today);
  }

  /** Decayed to that time, then moved; points do not fall below 0. */
  public Reputation plus(long points, Instant time) {
    Reputation now = at(time);
    long moved = Math.max(0, now.millionths + points * MILLION);
    return new Reputation(Math.min(moved, MOST_POINTS * MILLION), now.day);
  }

  /** Whole points, rounded down. */
  public long points() {
    return millionths / MILLION;
  }

  public Tier tier() {
    Tier reached = Tier.BASE;
    for (Tier tier : Tier.values()) {
      if (points() >= tier.points()) {
        reached = tier;
      }
    }
    return reached;
  }

  private static long dayOf(Instant time) {
    return Math.max(0, Math.floorDiv(time.getEpochSecond(), DAY_SECONDS));
  }
}
