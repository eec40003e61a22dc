package witan.domain.detection;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed and bounded values from one object of an event. A name may be a path: {@code
 * service.action} is the key of that name, as in flattened events, or {@code action} in the object
 * {@code service}. Of several values at one place (ECS allows an array wherever a value may stand)
 * {@link #texts} and {@link #objects} give all, the other readers refuse or take the first.
 */
final class EventReader {
  /** For people only; cut. */
  static final int MAX_TITLE = 500;

  static final int MAX_PRINCIPAL = 300;

  /** Identities; refused beyond, because a cut one would be another identity. */
  static final int MAX_NAME = 300;

  /** Identities that clouds assign: ARNs and resource paths reach 512 characters. */
  static final int MAX_CLOUD_NAME = 512;

  /** Of one array, so many are looked at. */
  static final int MAX_ITEMS = 200;

  private static final int MAX_DIGITS = 30;

  private final Map<?, ?> object;
  private final boolean bothSpellings;
  private final boolean takesFirst;

  EventReader(Map<?, ?> object) {
    this(object, false, false);
  }

  private EventReader(Map<?, ?> object, boolean bothSpellings, boolean takesFirst) {
    this.object = object;
    this.bothSpellings = bothSpellings;
    this.takesFirst = takesFirst;
  }

  /** The same object, where {@code name} also finds {@code Name}; and so do its parts. */
  EventReader inBothSpellings() {
    return new EventReader(object, true, takesFirst);
  }

  /** The same object, where of several values at one place the first is read. */
  EventReader takingFirst() {
    return new EventReader(object, bothSpellings, true);
  }

  private EventReader part(Map<?, ?> object) {
    return new EventReader(object, bothSpellings, takesFirst);
  }

  /** For marks that several formats of one name differ by. */
  boolean matches(Predicate<Map<?, ?>> mark) {
    return mark.test(object);
  }

  boolean has(String name) throws AlertRefused {
    return value(name) != null;
  }

  /** Absent, null, empty and Falco's {@code <NA>} are the same: there is no such value. */
  @Nullable String text(String name) throws AlertRefused {
    Object value = one(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw wrongType(name, "a string");
    }
    return present(text);
  }

  /** The first of them that there is. */
  @Nullable String firstText(String... names) throws AlertRefused {
    for (String name : names) {
      String text = text(name);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** A text that identifies something. */
  @Nullable String name(String name) throws AlertRefused {
    return checked(name, text(name), MAX_NAME);
  }

  /** An identity that a cloud assigned. */
  @Nullable String cloudName(String name) throws AlertRefused {
    return checked(name, text(name), MAX_CLOUD_NAME);
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

  /** The first of them that there is. */
  @Nullable String firstCloudName(String... names) throws AlertRefused {
    for (String name : names) {
      String text = cloudName(name);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** An identity that may also be written as a number. */
  @Nullable String nameOrNumber(String name) throws AlertRefused {
    return one(name) instanceof Long number ? Long.toString(number) : name(name);
  }

  /** A number of at most 30 digits. */
  @Nullable BigDecimal number(String name) throws AlertRefused {
    Object value = one(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Long whole) {
      return BigDecimal.valueOf(whole);
    }
    if (!(value instanceof BigDecimal number)) {
      throw wrongType(name, "a number");
    }
    if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
      throw new AlertRefused(
          "alert_bad_number",
          quoted(name) + " has more than " + MAX_DIGITS + " digits",
          "Send what the format says.");
    }
    return number;
  }

  /** Absent is false; some senders write booleans as texts. */
  boolean flag(String name) throws AlertRefused {
    Object value = value(name);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    if (value instanceof String text) {
      return text.strip().toLowerCase(Locale.ROOT).equals("true");
    }
    throw wrongType(name, "a boolean");
  }

  /** The object of that name; one without anything where there is none. */
  EventReader object(String name) throws AlertRefused {
    Object value = value(name);
    if (value == null) {
      return part(Map.of());
    }
    if (value instanceof Map<?, ?> map) {
      return part(map);
    }
    throw wrongType(name, "an object");
  }

  /** The objects of an array, or the one object that stands in its place. */
  List<EventReader> objects(String name) throws AlertRefused {
    List<EventReader> objects = new ArrayList<>();
    for (Object item : items(value(name))) {
      if (item == null) {
        continue;
      }
      if (!(item instanceof Map<?, ?> map)) {
        throw wrongType(name, "an array of objects");
      }
      objects.add(part(map));
    }
    return objects;
  }

  /** The texts of an array, or the one text that stands in its place. */
  List<String> texts(String name) throws AlertRefused {
    List<String> texts = new ArrayList<>();
    for (Object item : items(value(name))) {
      if (item == null) {
        continue;
      }
      if (!(item instanceof String text)) {
        throw wrongType(name, "an array of strings");
      }
      if (present(text) != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static List<?> items(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof Collection<?> several
        ? several.stream().limit(MAX_ITEMS).toList()
        : List.of(value);
  }

  private @Nullable Object one(String name) throws AlertRefused {
    Object value = value(name);
    return takesFirst && value instanceof List<?> several && !several.isEmpty()
        ? several.get(0)
        : value;
  }

  /** The value itself, of whatever type. */
  @Nullable Object value(String name) throws AlertRefused {
    return find(object, name);
  }

  private @Nullable Object find(Map<?, ?> map, String path) throws AlertRefused {
    Object whole = get(map, path);
    if (whole != null) {
      return whole;
    }
    for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
      String head = path.substring(0, dot);
      Object inner = get(map, head);
      if (inner instanceof Map<?, ?> part) {
        Object found = find(part, path.substring(dot + 1));
        if (found != null) {
          return found;
        }
      } else if (inner != null) {
        throw wrongType(head, "an object");
      }
    }
    return null;
  }

  private @Nullable Object get(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null && bothSpellings
        ? map.get(Character.toUpperCase(key.charAt(0)) + key.substring(1))
        : value;
  }

  static String required(String name, @Nullable String value) throws AlertRefused {
    if (value == null) {
      throw new AlertRefused(
          "alert_missing_field", "the event has no " + quoted(name), "Send the whole event.");
    }
    return value;
  }

  static @Nullable String checked(String name, @Nullable String text, int most)
      throws AlertRefused {
    if (text == null) {
      return null;
    }
    if (text.length() > most) {
      throw new AlertRefused(
          "alert_too_long",
          quoted(name) + " has more than " + most + " characters",
          "Send the name alone.");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
      throw new AlertRefused(
          "alert_bad_name", quoted(name) + " holds control characters", "Send the name alone.");
    }
    return text;
  }

  /** Never through the middle of a surrogate pair. */
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }

  private static @Nullable String present(String text) {
    return text.isBlank() || text.equals("<NA>") ? null : text;
  }

  private static AlertRefused wrongType(String name, String expected) {
    return new AlertRefused(
        "alert_wrong_type", quoted(name) + " is not " + expected, "Send it as " + expected + ".");
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }
}
