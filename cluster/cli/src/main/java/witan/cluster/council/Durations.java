package witan.cluster.council;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them, and as they are told to people. */
public final class Durations {
  private static final Pattern WEEKS = Pattern.compile("P(\\d{1,6})W");
  private static final Pattern PART =
      Pattern.compile(
          "\\G[\\s,]*(?:and\\s+)?(\\d{1,9})\\s*(weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])");
  private static final int DAYS_OF_A_WEEK = 7;

  private Durations() {}

  /**
   * Reads {@code 7d}, {@code 1h30m}, {@code 15 minutes}, {@code 90s}, {@code 0}, and what ISO 8601
   * has: {@code P7D}, {@code PT168H}, {@code P1W}. Months and years are refused: they have no
   * length.
   *
   * @throws IllegalArgumentException with spellings that are read
   */
  public static Duration parse(String text) {
    String given = text.strip();
    try {
      String iso = given.toUpperCase(Locale.ROOT);
      Matcher weeks = WEEKS.matcher(iso);
      if (weeks.matches()) {
        return Duration.ofDays(Math.multiplyExact(DAYS_OF_A_WEEK, Long.parseLong(weeks.group(1))));
      }
      if (iso.startsWith("P")) {
        return Duration.parse(iso);
      }
      return given.equals("0") ? Duration.ZERO : parts(given.toLowerCase(Locale.ROOT));
    } catch (DateTimeException | ArithmeticException e) {
      throw unread(text);
    }
  }

  private static Duration parts(String text) {
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find()) {
      long count = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2).charAt(0)) {
                case 'w' -> Duration.ofDays(DAYS_OF_A_WEEK * count);
                case 'd' -> Duration.ofDays(count);
                case 'h' -> Duration.ofHours(count);
                case 'm' -> Duration.ofMinutes(count);
                default -> Duration.ofSeconds(count);
              });
      end = part.end();
    }
    if (end == 0 || !text.substring(end).isBlank()) {
      throw unread(text);
    }
    return sum;
  }

  private static IllegalArgumentException unread(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is no duration; write e.g. 7d, 90 seconds, 1h30m or PT15M");
  }

  /** E.g. {@code 1 day 2 hours}; {@code none} for nothing. */
  public static String say(Duration duration) {
    List<String> words = new ArrayList<>();
    count(words, duration.toDaysPart(), "day");
    count(words, duration.toHoursPart(), "hour");
    count(words, duration.toMinutesPart(), "minute");
    if (duration.toNanosPart() == 0) {
      count(words, duration.toSecondsPart(), "second");
    } else {
      words.add(duration.minusMinutes(duration.toMinutes()).toMillis() / 1000.0 + " seconds");
    }
    return words.isEmpty() ? "none" : String.join(" ", words);
  }

  private static void count(List<String> words, long count, String unit) {
    if (count != 0) {
      words.add(count + " " + unit + (count == 1 ? "" : "s"));
    }
  }
}
