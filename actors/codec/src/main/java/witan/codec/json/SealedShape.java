package witan.codec.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One of the records of a sealed interface: the record's object with one more member, {@code kind},
 * the record's simple name.
 */
final class SealedShape implements Shape {
  private static final String KIND = "kind";

  private final Map<String, Class<?>> kinds;

  SealedShape(Class<?> type) {
    kinds =
        Arrays.stream(type.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));
  }

  @Override
  public void write(Object value, CanonicalWriter out) {
    SortedMap<String, byte[]> fields = RecordShape.known(value.getClass()).fields(value, "");
    String kind = value.getClass().getSimpleName();
    if (fields.put(KIND, new CanonicalWriter().string(kind).bytes()) != null) {
      throw new IllegalArgumentException("a component of " + value.getClass() + " is named kind");
    }
    out.raw('{');
    boolean first = true;
    for (Map.Entry<String, byte[]> field : fields.entrySet()) {
      (first ? out : out.raw(',')).name(field.getKey()).raw(field.getValue());
      first = false;
    }
    out.raw('}');
  }

  @Override
  public Object read(JsonNode node, Path path) {
    if (!(node instanceof ObjectNode object)) {
      throw path.refuse("json_wrong_type", "an object is wanted here");
    }
    JsonNode kind = object.get(KIND);
    if (kind == null) {
      throw path.to(KIND).refuse("json_missing_field", "a value is missing");
    }
    Class<?> type = kind.isTextual() ? kinds.get(kind.textValue()) : null;
    if (type == null) {
      throw path.to(KIND)
          .refuse("json_bad_value", "one of " + kinds.keySet().stream().sorted().toList());
    }
    ObjectNode rest = object.objectNode().setAll(object);
    rest.remove(KIND);
    return RecordShape.known(type).read(rest, path);
  }
}
