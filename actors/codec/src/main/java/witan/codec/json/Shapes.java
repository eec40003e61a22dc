package witan.codec.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the shape of a Java type: scalars, enums, lists, maps, records, and sealed sets of them.
 */
final class Shapes {
  private static final Map<Type, Shape> KNOWN = new ConcurrentHashMap<>(Scalars.ALL);

  private Shapes() {}

  static Shape of(Type type) {
    Shape known = KNOWN.get(type);
    if (known == null) {
      // not computeIfAbsent: making a record's shape asks for those of its components
      known = make(type);
      KNOWN.put(type, known);
    }
    return known;
  }

  private static Shape make(Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      Type[] arguments = generic.getActualTypeArguments();
      if (raw == List.class || raw == Collection.class) {
        return new ListShape(of(arguments[0]));
      }
      if (raw == Map.class) {
        return new MapShape(of(arguments[0]), of(arguments[1]));
      }
      return of(raw);
    }
    if (type instanceof Class<?> c && c.isRecord()) {
      return RecordShape.of(c);
    }
    if (type instanceof Class<?> c && c.isEnum()) {
      return enumShape(c);
    }
    if (type instanceof Class<?> c && JsonNode.class.isAssignableFrom(c)) {
      return of(JsonNode.class);
    }
    if (type instanceof Class<?> c && c.isSealed() && allRecords(c)) {
      return new SealedShape(c);
    }
    return new AsItIs(type);
  }

  private static boolean allRecords(Class<?> type) {
    return Arrays.stream(type.getPermittedSubclasses()).allMatch(Class::isRecord);
  }

  private static Shape enumShape(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    return Scalars.text(
        name ->
            Arrays.stream(constants)
                .filter(c -> ((Enum<?>) c).name().equals(name))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException("one of " + Arrays.toString(constants))),
        value -> ((Enum<?>) value).name());
  }

  private record ListShape(Shape item) implements Shape {
    @Override
    public void write(Object value, CanonicalWriter out) {
      out.raw('[');
      boolean first = true;
      for (Object o : (Collection<?>) value) {
        if (!first) {
          out.raw(',');
        }
        item.write(o, out);
        first = false;
      }
      out.raw(']');
    }

    @Override
    public Object read(JsonNode node, Path path) {
      if (!node.isArray()) {
        throw path.refuse("json_wrong_type", "an array is wanted here");
      }
      List<Object> items = new ArrayList<>(node.size());
      for (int i = 0; i < node.size(); i++) {
        items.add(item.read(node.get(i), path.to(i)));
      }
      return List.copyOf(items);
    }
  }

  /** Keys are what a scalar writes as a string; sorted by it. */
  private record MapShape(Shape key, Shape value) implements Shape {
    @Override
    public void write(Object map, CanonicalWriter out) {
      Map<String, Object> sorted = new TreeMap<>();
      ((Map<?, ?>) map)
          .forEach((k, v) -> sorted.put(k instanceof Enum<?> e ? e.name() : k.toString(), v));
      out.raw('{');
      boolean first = true;
      for (Map.Entry<String, Object> e : sorted.entrySet()) {
        if (!first) {
          out.raw(',');
        }
        value.write(e.getValue(), out.name(e.getKey()));
        first = false;
      }
      out.raw('}');
    }

    @Override
    public Object read(JsonNode node, Path path) {
      if (!node.isObject()) {
        throw path.refuse("json_wrong_type", "an object is wanted here");
      }
      Map<Object, Object> map = new TreeMap<>();
      for (Map.Entry<String, JsonNode> e : node.properties()) {
        Path place = path.to(e.getKey());
        Object k =
            key == Scalars.ALL.get(String.class)
                ? e.getKey()
                : key.read(TextNode.valueOf(e.getKey()), place);
        map.put(k, value.read(e.getValue(), place));
      }
      return map;
    }
  }

  /** Type variables and interfaces: written as what the value is; there is no way back. */
  private record AsItIs(Type type) implements Shape {
    @Override
    public void write(Object value, CanonicalWriter out) {
      Shape shape = of(value.getClass());
      if (shape instanceof AsItIs) {
        throw new IllegalArgumentException("no JSON shape for " + value.getClass());
      }
      shape.write(value, out);
    }

    @Override
    public Object read(JsonNode node, Path path) {
      throw new IllegalArgumentException("no JSON shape to read " + type);
    }
  }
}
