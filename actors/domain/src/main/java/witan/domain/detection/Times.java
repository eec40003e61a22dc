package witan.domain.detection;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as sensors write them; to whole milliseconds, rounded down; from 1970 to 9999. */
final class Times {
  private static final int MAX_TEXT = 40;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
  private static final Pattern ISO_8601 =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(\\.\\d{1,9})?"
              + "(?:Z|([+-]\\d\\d):?(\\d\\d))?");

  private Times() {}

  /** RFC 3339 alone. */
  static Instant rfc3339(String text) throws AlertRefused {
    String upper = text.toUpperCase(Locale.ROOT);
    if (text.length() > MAX_TEXT || !RFC_3339.matcher(upper).matches()) {
      throw notATime(text);
    }
    return parsed(upper, text);
  }

  /**
   * Also ISO 8601's offsets without a colon (Suricata, Wazuh), a blank for the T, and no offset at
   * all, which then is UTC: the clouds' tables are in UTC and say so in the column's name.
   */
  static Instant iso8601(String text) throws AlertRefused {
    Matcher matcher = ISO_8601.matcher(text.toUpperCase(Locale.ROOT));
    if (text.length() > MAX_TEXT || !matcher.matches()) {
      throw notATime(text);
    }
    String fraction = matcher.group(3) == null ? "" : matcher.group(3);
    String offset = matcher.group(4) == null ? "Z" : matcher.group(4) + ":" + matcher.group(5);
    return parsed(matcher.group(1) + "T" + matcher.group(2) + fraction + offset, text);
  }

  /**
   * A number since the epoch: milliseconds. Producers also send seconds, micro- and nanoseconds;
   * the magnitude tells, as no alert is from before March 1973.
   */
  static Instant epoch(BigDecimal number) throws AlertRefused {
    BigDecimal whole = number.stripTrailingZeros();
    int digits = whole.precision() - whole.scale();
    if (number.signum() < 0 || digits > 19) {
      throw notATime(EventReader.cut(number.toString(), MAX_TEXT));
    }
    int shift = digits <= 11 ? 3 : digits <= 14 ? 0 : digits <= 17 ? -3 : -6;
    Instant at = Instant.ofEpochMilli(number.scaleByPowerOfTen(shift).longValue());
    if (at.isAfter(LAST)) {
      throw notATime(number.toString());
    }
    return at;
  }

  private static Instant parsed(String time, String asSent) throws AlertRefused {
    try {
      Instant at = OffsetDateTime.parse(time).toInstant().truncatedTo(ChronoUnit.MILLIS);
      if (!at.isBefore(Instant.EPOCH) && !at.isAfter(LAST)) {
        return at;
      }
    } catch (DateTimeException notATime) {
      // the same refusal as for any other text
    }
    throw notATime(asSent);
  }

  private static AlertRefused notATime(String text) {
    return new AlertRefused(
        "alert_bad_time",
        "not a time: " + EventReader.cut(text, 60),
        "Send RFC 3339, as in 2026-11-23T01:02:03.004Z.");
  }
}
