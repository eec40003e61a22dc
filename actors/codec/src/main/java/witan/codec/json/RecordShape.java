package witan.codec.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import witan.domain.common.LeftOut;

/**
 * A record: an object with exactly one member per component. Null only where the component is
 * {@link Nullable}, and then written as null, never left out; but for a component that is {@link
 * LeftOut}, which is left out then, never written as null.
 */
final class RecordShape implements Shape {
  private final Class<?> type;

  /** Sorted by name, the order in which they are written. */
  private final List<Component> components;

  private final MethodHandle constructor;

  private record Component(
      String name,
      int position,
      boolean nullable,
      boolean leftOut,
      Shape shape,
      MethodHandle accessor) {}

  private RecordShape(Class<?> type, List<Component> components, MethodHandle constructor) {
    this.type = type;
    this.components = components;
    this.constructor = constructor;
  }

  /** That of {@link Shapes#of}, which keeps them. */
  static RecordShape known(Class<?> type) {
    return (RecordShape) Shapes.of(type);
  }

  static RecordShape of(Class<?> type) {
    RecordComponent[] parts = type.getRecordComponents();
    Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      List<Component> components = new ArrayList<>();
      for (int i = 0; i < parts.length; i++) {
        Method accessor = parts[i].getAccessor();
        accessor.setAccessible(true);
        components.add(
            new Component(
                parts[i].getName(),
                i,
                parts[i].getAnnotatedType().isAnnotationPresent(Nullable.class),
                parts[i].isAnnotationPresent(LeftOut.class),
                Shapes.of(parts[i].getGenericType()),
                lookup
                    .unreflect(accessor)
                    .asType(MethodType.methodType(Object.class, Object.class))));
      }
      components.sort(Comparator.comparing(Component::name));
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      MethodHandle make =
          lookup
              .unreflectConstructor(canonical)
              .asSpreader(Object[].class, parts.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
      return new RecordShape(type, List.copyOf(components), make);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no JSON shape for " + type, e);
    }
  }

  /** The canonical value of each component, sorted by name. */
  SortedMap<String, byte[]> fields(Object value, String except) {
    SortedMap<String, byte[]> fields = new TreeMap<>();
    for (Component c : components) {
      if (!c.name().equals(except) && !absent(c, value)) {
        CanonicalWriter out = new CanonicalWriter();
        writeValue(value, c, out);
        fields.put(c.name(), out.bytes());
      }
    }
    return fields;
  }

  @Override
  public void write(Object value, CanonicalWriter out) {
    out.raw('{');
    boolean first = true;
    for (Component c : components) {
      if (!absent(c, value)) {
        writeValue(value, c, (first ? out : out.raw(',')).name(c.name()));
        first = false;
      }
    }
    out.raw('}');
  }

  private static boolean absent(Component component, Object value) {
    return component.leftOut() && get(component, value) == null;
  }

  private void writeValue(Object value, Component component, CanonicalWriter out) {
    Object part = get(component, value);
    if (part != null) {
      component.shape().write(part, out);
    } else if (component.nullable()) {
      out.raw("null");
    } else {
      throw new IllegalArgumentException(
          type.getSimpleName() + "." + component.name() + " is null");
    }
  }

  @Override
  public Object read(JsonNode node, Path path) {
    if (!node.isObject()) {
      throw path.refuse("json_wrong_type", "an object is wanted here");
    }
    Object[] arguments = new Object[components.size()];
    int found = 0;
    for (Component c : components) {
      JsonNode value = node.get(c.name());
      found += value == null ? 0 : 1;
      if (value == null && c.leftOut()) {
        continue;
      }
      if (value == null) {
        throw path.to(c.name()).refuse("json_missing_field", "a value is missing");
      }
      if (!value.isNull() || c.shape() == Scalars.ALL.get(JsonNode.class)) {
        arguments[c.position()] = c.shape().read(value, path.to(c.name()));
      } else if (!c.nullable() || c.leftOut()) {
        throw path.to(c.name()).refuse("json_null", "null is not allowed here");
      }
    }
    if (node.size() > found) {
      List<String> names = components.stream().map(Component::name).toList();
      String unknown =
          node.properties().stream()
              .map(Map.Entry::getKey)
              .filter(n -> !names.contains(n))
              .findFirst()
              .orElse("");
      throw path.to(unknown).refuse("json_unknown_field", "nothing of this name is known");
    }
    return make(arguments, path);
  }

  private static @Nullable Object get(Component component, Object value) {
    try {
      return (@Nullable Object) component.accessor().invokeExact(value);
    } catch (Throwable e) {
      throw new IllegalStateException("an accessor of a record failed", e);
    }
  }

  private Object make(@Nullable Object[] arguments, Path path) {
    try {
      return (Object) constructor.invokeExact(arguments);
    } catch (RuntimeException e) {
      throw path.refuse("json_bad_value", String.valueOf(e.getMessage()));
    } catch (Throwable e) {
      throw new IllegalStateException("the constructor of a record failed", e);
    }
  }
}
