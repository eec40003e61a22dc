package witan.cluster.change;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import witan.cluster.StartException;

/** Amounts as people write them. */
final class Amounts {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(d|h|min|m|s)");
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

  /** Of {@code 15min}, {@code 1 h 30 min}, {@code 7d}, {@code 0} or ISO 8601, {@code PT15M}. */
  static Duration duration(String text) {
    String plain = text.replace(" ", "").toLowerCase(Locale.ROOT);
    if (plain.equals("0") || plain.equals("none")) {
      return Duration.ZERO;
    }
    try {
      if (plain.startsWith("p")) {
        return Duration.parse(plain);
      }
      Matcher part = PART.matcher(plain);
      Duration sum = Duration.ZERO;
      int end = 0;
      while (part.find() && part.start() == end) {
        sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
        end = part.end();
      }
      if (end == plain.length() && end > 0) {
        return sum;
      }
    } catch (DateTimeParseException notOne) {
      // said below
    }
    throw new StartException(
        "'" + text + "' is no duration, such as 90s, 15min, 1h30min, 7d or PT15M");
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "d" -> Duration.ofDays(1);
      case "h" -> Duration.ofHours(1);
      case "s" -> Duration.ofSeconds(1);
      default -> Duration.ofMinutes(1);
    };
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
      } catch (StartException neither) {
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
