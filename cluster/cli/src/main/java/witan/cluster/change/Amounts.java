package witan.cluster.change;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import witan.cluster.StartException;
import witan.cluster.council.Durations;

/** Amounts as people write them. */
final class Amounts {
  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  private Amounts() {}

  /** Basis points of {@code 12.5%}, {@code 12.5 %} or {@code 12.5}. */
  static int percent(String text) {
    try {
      BigDecimal percent = new BigDecimal(text.replace("%", "").strip());
      if (percent.signum() >= 0 && percent.compareTo(WHOLE) <= 0) {
        return percent.movePointRight(2).intValueExact();
      }
    } catch (ArithmeticException | NumberFormatException notOne) {
      // said below
    }
    throw new StartException(
        "'" + text + "' is no percentage: from 0 to 100 %, with two decimals at most");
  }

  /** As {@link Durations#parse} reads it, or {@code none}. */
  static Duration duration(String text) {
    return text.strip().equalsIgnoreCase("none") ? Duration.ZERO : Durations.parse(text);
  }

  /** Of {@code 2026-12-24}, {@code 2026-12-24T12:00:00Z}, or how long from now; whole seconds. */
  static Instant time(String text, Instant now) {
    try {
      Instant time =
          text.contains("T") && !text.startsWith("P")
              ? Instant.parse(text)
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      return time.truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeParseException notOne) {
      try {
        return now.plus(duration(text)).truncatedTo(ChronoUnit.SECONDS);
      } catch (IllegalArgumentException neither) {
        throw new StartException(
            "'" + text + "' is no time, such as 2026-12-24, 2026-12-24T12:00:00Z or 30d");
      }
    }
  }

  static BigInteger tokens(String text) {
    if (!text.matches("[0-9]{1,39}")) {
      throw new StartException("'" + text + "' is no number of tokens");
    }
    return new BigInteger(text);
  }
}
