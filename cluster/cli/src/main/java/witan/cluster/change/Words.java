package witan.cluster.change;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Amounts as people read them. */
public final class Words {
  private static final int PLACES = 2;

  private Words() {}

  /** Of basis points: {@code 12.5 %}. */
  public static String percent(int bps) {
    return plain(BigDecimal.valueOf(bps, PLACES));
  }

  /** To two places; {@code 0 %} of nothing. */
  public static String percent(BigInteger part, BigInteger whole) {
    return whole.signum() == 0
        ? "0 %"
        : plain(
            new BigDecimal(part)
                .movePointRight(PLACES)
                .divide(new BigDecimal(whole), PLACES, RoundingMode.HALF_UP));
  }

  private static String plain(BigDecimal percent) {
    return (percent.signum() == 0 ? "0" : percent.stripTrailingZeros().toPlainString()) + " %";
  }

  /** {@code 1 h 30 min}; {@code none} for no time at all. */
  public static String duration(Duration duration) {
    if (duration.isZero()) {
      return "none";
    }
    Duration d = duration.abs();
    List<String> parts = new ArrayList<>();
    add(parts, d.toDaysPart(), "d");
    add(parts, d.toHoursPart(), "h");
    add(parts, d.toMinutesPart(), "min");
    add(parts, d.toSecondsPart(), "s");
    add(parts, d.toMillisPart(), "ms");
    return (duration.isNegative() ? "-" : "") + String.join(" ", parts);
  }

  private static void add(List<String> parts, long count, String unit) {
    if (count > 0) {
      parts.add(count + " " + unit);
    }
  }

  /** To the second, in UTC: {@code 2026-12-01 10:00:00 UTC}. */
  public static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  public static String yes(boolean is) {
    return is ? "yes" : "no";
  }
}
