package witan.cluster.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import witan.cluster.change.Words;

/**
 * Times as people read them, in UTC and said so: those who vote sit in several countries.
 *
 * @param now what today is, and how long is left
 */
public record Clock(Instant now) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?Z");

  /** {@code 12:33:00 UTC}; with the day where it is another than today. */
  public String at(Instant time) {
    return (sameDay(time) ? "" : DAY.format(time) + " ") + clock(time) + " UTC";
  }

  /** From one to another, the zone named once. */
  public String span(Instant from, Instant to) {
    if (from.truncatedTo(ChronoUnit.SECONDS).equals(to.truncatedTo(ChronoUnit.SECONDS))) {
      return at(from);
    }
    return "%s to %s".formatted(at(from).replace(" UTC", ""), at(to));
  }

  private boolean sameDay(Instant time) {
    return time.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
  }

  /** {@code 12:33:00}, in UTC. */
  public static String clock(Instant time) {
    return TIME.format(time);
  }

  /** {@code 2 min 5 s}; the coarser, the longer it is. */
  public String left(Instant until) {
    Duration left = Duration.between(now, until);
    if (left.isNegative() || left.toSeconds() == 0) {
      return "no time";
    }
    ChronoUnit unit =
        left.toDays() > 0
            ? ChronoUnit.HOURS
            : left.toHours() > 0 ? ChronoUnit.MINUTES : ChronoUnit.SECONDS;
    return Words.duration(left.truncatedTo(unit));
  }

  /** A text of the council's with its times as here. */
  public String in(String text) {
    return INSTANT.matcher(text).replaceAll(found -> at(Instant.parse(found.group())));
  }
}
