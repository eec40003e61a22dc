package witan.domain.detection;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads typed and bounded values from one object of an event. */
final class EventReader {
  /** For people only; cut. */
  static final int MAX_TITLE = 500;

  static final int MAX_PRINCIPAL = 300;

  /** Identities; refused beyond, because a cut one would be another identity. */
  static final int MAX_NAME = 300;

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private final Map<?, ?> object;

  EventReader(Map<?, ?> object) {
    this.object = object;
  }

  /** Absent, null, empty and Falco's {@code <NA>} are the same: there is no such value. */
  @Nullable String text(String name) throws AlertRefused {
    Object value = object.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw new AlertRefused(
          "alert_wrong_type", "\"" + name + "\" is not a string", "Send it as a string.");
    }
    return text.isBlank() || text.equals("<NA>") ? null : text;
  }

  /** A text that identifies something. */
  @Nullable String name(String name) throws AlertRefused {
    String text = text(name);
    if (text == null) {
      return null;
    }
    if (text.length() > MAX_NAME) {
      throw new AlertRefused(
          "alert_too_long",
          "\"" + name + "\" has more than " + MAX_NAME + " characters",
          "Send the name alone.");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
      throw new AlertRefused(
          "alert_bad_name", "\"" + name + "\" holds control characters", "Send the name alone.");
    }
    return text;
  }

  /** The first of them that there is. */
  @Nullable String firstName(String... names) throws AlertRefused {
    for (String name : names) {
      String text = name(name);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  static String required(String name, @Nullable String value) throws AlertRefused {
    if (value == null) {
      throw new AlertRefused(
          "alert_missing_field", "the event has no \"" + name + "\"", "Send the whole event.");
    }
    return value;
  }

  /** RFC 3339, to whole milliseconds, rounded down; from 1970 on. */
  static Instant time(String text) throws AlertRefused {
    String upper = text.toUpperCase(Locale.ROOT);
    try {
      if (text.length() <= 40 && RFC_3339.matcher(upper).matches()) {
        Instant at = OffsetDateTime.parse(upper).toInstant().truncatedTo(ChronoUnit.MILLIS);
        if (!at.isBefore(Instant.EPOCH) && !at.isAfter(LAST)) {
          return at;
        }
      }
    } catch (DateTimeException notATime) {
      // the same refusal as for any other text
    }
    throw new AlertRefused(
        "alert_bad_time",
        "not a time: " + cut(text, 60),
        "Send RFC 3339, as in 2026-11-23T01:02:03.004Z.");
  }

  /** Never through the middle of a surrogate pair. */
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }
}
