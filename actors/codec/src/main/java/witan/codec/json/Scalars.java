package witan.codec.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;

/** The shapes that are one JSON value; each Java value has exactly one spelling. */
final class Scalars {
  /** Enough for any uint256 and its sums. */
  private static final int MAX_DIGITS = 100;

  static final Map<Class<?>, Shape> ALL =
      Map.ofEntries(
          Map.entry(String.class, text(s -> s, Object::toString)),
          Map.entry(Digest.class, new Text(Digest::read, Object::toString, true)),
          Map.entry(CaseId.class, text(CaseId::new, Object::toString)),
          Map.entry(Address.class, new Text(Address::read, Object::toString, true)),
          Map.entry(BigInteger.class, text(Scalars::integer, Object::toString)),
          Map.entry(Instant.class, text(Scalars::instant, v -> format((Instant) v))),
          Map.entry(Duration.class, text(Duration::parse, Object::toString)),
          Map.entry(long.class, new Whole(Long.class, CanonicalWriter.MAX_SAFE_INTEGER)),
          Map.entry(Long.class, new Whole(Long.class, CanonicalWriter.MAX_SAFE_INTEGER)),
          Map.entry(int.class, new Whole(Integer.class, Integer.MAX_VALUE)),
          Map.entry(Integer.class, new Whole(Integer.class, Integer.MAX_VALUE)),
          Map.entry(boolean.class, new Truth()),
          Map.entry(Boolean.class, new Truth()),
          Map.entry(JsonNode.class, new Any()));

  private Scalars() {}

  /** UTC with exactly three fractional digits; whole milliseconds of the years 0 to 9999 only. */
  static String format(Instant instant) {
    if (!instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
      throw new JsonRefused(
          "json_bad_value", "an instant is in whole milliseconds: " + instant, "Truncate it.");
    }
    LocalDateTime t = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    if (t.getYear() < 0 || t.getYear() > 9999) {
      throw new JsonRefused("json_bad_value", "no four-digit year: " + instant, "Check the clock.");
    }
    StringBuilder out = new StringBuilder(24);
    digits(out, t.getYear(), 4).append('-');
    digits(out, t.getMonthValue(), 2).append('-');
    digits(out, t.getDayOfMonth(), 2).append('T');
    digits(out, t.getHour(), 2).append(':');
    digits(out, t.getMinute(), 2).append(':');
    digits(out, t.getSecond(), 2).append('.');
    return digits(out, t.getNano() / 1_000_000, 3).append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder out, int value, int width) {
    String digits = Integer.toString(value);
    return out.append("0".repeat(width - digits.length())).append(digits);
  }

  private static Instant instant(String text) {
    if (text.length() != 24) {
      throw new IllegalArgumentException("an instant reads 2026-11-23T01:02:03.000Z");
    }
    return Instant.parse(text);
  }

  private static BigInteger integer(String text) {
    if (text.length() > MAX_DIGITS) {
      throw new IllegalArgumentException("an integer has at most " + MAX_DIGITS + " digits");
    }
    return new BigInteger(text);
  }

  static Shape text(Function<String, Object> read, Function<Object, String> write) {
    return new Text(read, write, false);
  }

  /**
   * A value in a string.
   *
   * @param hex has several spellings, of which {@link Path#anySpelling} lets all pass
   */
  private record Text(Function<String, Object> read, Function<Object, String> write, boolean hex)
      implements Shape {
    @Override
    public void write(Object value, CanonicalWriter out) {
      out.string(write.apply(value));
    }

    @Override
    public Object read(JsonNode node, Path path) {
      if (!node.isTextual()) {
        throw path.refuse("json_wrong_type", "a string is wanted here");
      }
      try {
        Object value = read.apply(node.textValue());
        // one value, one spelling: upper case, leading zeros and the like are refused
        if (!(hex && path.anySpelling()) && !write.apply(value).equals(node.textValue())) {
          throw path.refuse(
              "json_bad_value",
              "of each value one spelling is signed and taken; write \""
                  + write.apply(value)
                  + "\"");
        }
        return value;
      } catch (IllegalArgumentException | DateTimeException e) {
        throw path.refuse("json_bad_value", String.valueOf(e.getMessage()));
      }
    }
  }

  private record Whole(Class<?> type, long max) implements Shape {
    @Override
    public void write(Object value, CanonicalWriter out) {
      out.number(((Number) value).longValue());
    }

    @Override
    public Object read(JsonNode node, Path path) {
      if (!node.isIntegralNumber()) {
        throw path.refuse("json_wrong_type", "an integer is wanted here");
      }
      long least = type == Integer.class ? Integer.MIN_VALUE : -max;
      if (!node.canConvertToLong() || node.longValue() > max || node.longValue() < least) {
        throw path.refuse("json_out_of_range", "the integer is out of range");
      }
      return type == Integer.class ? (Object) node.intValue() : (Object) node.longValue();
    }
  }

  private record Truth() implements Shape {
    @Override
    public void write(Object value, CanonicalWriter out) {
      out.raw((Boolean) value ? "true" : "false");
    }

    @Override
    public Object read(JsonNode node, Path path) {
      if (!node.isBoolean()) {
        throw path.refuse("json_wrong_type", "true or false is wanted here");
      }
      return node.booleanValue();
    }
  }

  /** Any document. */
  private record Any() implements Shape {
    @Override
    public void write(Object value, CanonicalWriter out) {
      out.node((JsonNode) value);
    }

    @Override
    public Object read(JsonNode node, Path path) {
      return node;
    }
  }
}
