package witan.domain.execution;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON object of a request may be: every field is named with what it may hold, and no other
 * is allowed.
 */
final class RequestShape implements Predicate<@Nullable Object> {
  static final Predicate<@Nullable Object> TEXT =
      value -> value instanceof String text && !text.isEmpty();
  static final Predicate<@Nullable Object> TEXT_OR_NULL =
      value -> value == null || value instanceof String;
  static final Predicate<@Nullable Object> OBJECT = Map.class::isInstance;

  private final Map<String, Predicate<@Nullable Object>> required = new LinkedHashMap<>();
  private final Map<String, Predicate<@Nullable Object>> optional = new LinkedHashMap<>();
  private BiPredicate<String, @Nullable Object> others = (field, value) -> false;

  static RequestShape object() {
    return new RequestShape();
  }

  static Predicate<@Nullable Object> is(@Nullable Object wanted) {
    return value -> same(wanted, value);
  }

  static Predicate<@Nullable Object> list(Predicate<@Nullable Object> each) {
    return value -> value instanceof List<?> list && list.stream().allMatch(each);
  }

  RequestShape with(String field, Predicate<@Nullable Object> what) {
    required.put(field, what);
    return this;
  }

  RequestShape maybe(String field, Predicate<@Nullable Object> what) {
    optional.put(field, what);
    return this;
  }

  /** What fields that have not been named may hold. */
  RequestShape others(BiPredicate<String, @Nullable Object> what) {
    others = what;
    return this;
  }

  @Override
  public boolean test(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map) || !map.keySet().containsAll(required.keySet())) {
      return false;
    }
    Map<String, Predicate<@Nullable Object>> named = new HashMap<>(optional);
    named.putAll(required);
    return map.entrySet().stream()
        .allMatch(
            field -> {
              String name = String.valueOf(field.getKey());
              Predicate<@Nullable Object> rule = named.get(name);
              return rule == null
                  ? others.test(name, field.getValue())
                  : rule.test(field.getValue());
            });
  }

  /** Numbers of another class are the same number. */
  private static boolean same(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
    }
    return Objects.equals(one, other);
  }
}
