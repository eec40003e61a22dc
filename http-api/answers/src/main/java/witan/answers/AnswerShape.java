package witan.answers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import witan.domain.common.LeftOut;

/**
 * How a record of this module is written: each component in its place, under its own name unless
 * {@link JsonProperty} or {@link JsonNaming} says another, null where it is {@link Nullable}, left
 * out where it is {@link LeftOut} besides; the members of a {@link JsonUnwrapped} one in its place.
 * Jackson itself does not read records with members of others.
 */
public final class AnswerShape {
  private static final Map<Class<?>, AnswerShape> KNOWN = new ConcurrentHashMap<>();

  private final List<Part> parts;
  private final Constructor<?> constructor;

  /** A component, as it is written. */
  public static final class Part {
    private final String name;
    private final RecordComponent component;
    private final Method accessor;

    private Part(RecordComponent component) {
      this.component = component;
      this.accessor = component.getAccessor();
      JsonProperty given = accessor.getAnnotation(JsonProperty.class);
      this.name = given == null ? naming(component) : given.value();
    }

    private static String naming(RecordComponent component) {
      return component.getDeclaringRecord().isAnnotationPresent(JsonNaming.class)
          ? new PropertyNamingStrategies.SnakeCaseStrategy().translate(component.getName())
          : component.getName();
    }

    public String name() {
      return name;
    }

    public boolean nullable() {
      return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    public boolean leftOut() {
      return component.isAnnotationPresent(LeftOut.class);
    }

    public boolean inline() {
      return accessor.isAnnotationPresent(JsonUnwrapped.class);
    }

    public Class<?> type() {
      return component.getType();
    }

    public Type genericType() {
      return component.getGenericType();
    }

    @Nullable Object get(Object record) {
      try {
        Object value = accessor.invoke(record);
        if (value == null && !nullable()) {
          throw new IllegalArgumentException(record.getClass().getSimpleName() + "." + name);
        }
        return value;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("an accessor of a record failed", e);
      }
    }
  }

  private AnswerShape(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    this.parts = Arrays.stream(components).map(Part::new).toList();
    try {
      this.constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no record: " + type, e);
    }
  }

  /** Whether it is a record of this module. */
  public static boolean isAnswer(Class<?> type) {
    return type.isRecord() && type.getPackageName().startsWith("witan.answers.");
  }

  public static AnswerShape of(Class<?> type) {
    return KNOWN.computeIfAbsent(type, AnswerShape::new);
  }

  /** In the order in which they are written. */
  public List<Part> parts() {
    return parts;
  }

  Object make(@Nullable Object[] members) {
    try {
      return constructor.newInstance(members);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("not the members of " + constructor, e);
    }
  }
}
