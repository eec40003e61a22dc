package witan.http.route;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.governance.SignatureRefused;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.signing.Addresses;

/**
 * Query parameters, each known and given once. Every reader throws {@link Problem}: 400, but for
 * {@link #address}.
 */
final class Params {
  static final long MAX_NUMBER = (1L << 53) - 1;

  private final Map<String, String> values;

  private Params(Map<String, String> values) {
    this.values = values;
  }

  static Params of(Iterable<? extends Map.Entry<String, String>> pairs, Set<String> known) {
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, String> pair : pairs) {
      if (!known.contains(pair.getKey())) {
        throw Problem.of(
            Code.UNKNOWN_PARAMETER,
            "This resource has no query parameter of that name.",
            known.isEmpty()
                ? "It has none."
                : "It has " + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
      }
      if (values.put(pair.getKey(), pair.getValue()) != null) {
        throw invalid(pair.getKey(), "given once");
      }
    }
    return new Params(values);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String required(String name) {
    return text(name)
        .orElseThrow(
            () ->
                Problem.of(
                    Code.PARAMETER_MISSING,
                    "The query parameter " + name + " is missing.",
                    "Add " + name + "=... to the query."));
  }

  Optional<Long> number(String name, long min, long max) {
    return text(name).map(text -> number(name, text, min, max));
  }

  long requiredNumber(String name) {
    return number(name, required(name), 0, MAX_NUMBER);
  }

  /** Of a key; refused with a code of {@link Addresses#read} (422). */
  Address address(String name) {
    String text = required(name);
    try {
      return Addresses.read(text);
    } catch (SignatureRefused e) {
      throw Problem.of(
          new Refusal(
              e.code(), String.valueOf(e.getMessage()), "Send it as the council writes it."));
    }
  }

  Optional<Digest> digest(String name) {
    return text(name).map(text -> digest(name, text));
  }

  private static Digest digest(String name, String text) {
    try {
      return Digest.read(text);
    } catch (IllegalArgumentException e) {
      throw invalid(name, "64 hexadecimal digits, with 0x or without");
    }
  }

  <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    return text(name)
        .map(
            text ->
                Stream.of(type.getEnumConstants())
                    .filter(e -> e.name().equals(text.toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> invalid(name, "one of " + names(type))));
  }

  boolean flag(String name, boolean otherwise) {
    String text = text(name).orElse(String.valueOf(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      throw invalid(name, "true or false");
    }
    return text.equals("true");
  }

  private static <E extends Enum<E>> String names(Class<E> type) {
    return Stream.of(type.getEnumConstants())
        .map(e -> e.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static long number(String name, String text, long min, long max) {
    return parsed(text, min, max)
        .orElseThrow(() -> invalid(name, "a number from " + min + " to " + max));
  }

  /** Empty where it is none, or out of range. */
  static Optional<Long> parsed(String text, long min, long max) {
    return Optional.of(text)
        .filter(t -> t.matches("0|[1-9][0-9]{0,15}"))
        .map(Long::valueOf)
        .filter(n -> n >= min && n <= max);
  }

  static Problem invalid(String name, String expected) {
    return Problem.of(
        Code.PARAMETER_INVALID,
        "The query parameter " + name + " is not valid.",
        "It is " + expected + ".");
  }
}
