package witan.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;

/** Any valid record of the domain, from a seeded source. */
public final class Arbitrary {
  private final Random random;

  public Arbitrary(Random random) {
    this.random = random;
  }

  /** Draws again while the record's own constructor objects. */
  public <T> T record(Class<T> type) {
    RecordComponent[] parts = type.getRecordComponents();
    Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    for (int i = 0; i < 10_000; i++) {
      try {
        Constructor<T> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        Object[] values = Arrays.stream(parts).map(this::component).toArray();
        return constructor.newInstance(values);
      } catch (InvocationTargetException objected) {
        if (!(objected.getCause() instanceof IllegalArgumentException)) {
          throw new AssertionError(type.toString(), objected);
        }
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(type.toString(), e);
      }
    }
    throw new AssertionError("no valid " + type + " in 10,000 draws");
  }

  private Object component(RecordComponent part) {
    boolean nullable = part.getAnnotatedType().isAnnotationPresent(Nullable.class);
    if (nullable && random.nextInt(3) == 0) {
      return null;
    }
    return part.getName().endsWith("Bps") ? random.nextInt(10_001) : value(part.getGenericType());
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      int size = random.nextInt(4);
      if (generic.getRawType() == List.class) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          list.add(value(of[0]));
        }
        return list;
      }
      Map<Object, Object> map = new TreeMap<>();
      for (int i = 0; i < size; i++) {
        map.put(value(of[0]), value(of[1]));
      }
      return map;
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isEnum()) {
      return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
    }
    if (raw == Digest.class) {
      return Digest.of(bytes(32));
    } else if (raw == Address.class) {
      return new Address("0x" + Digest.of(bytes(32)).hex().substring(24));
    } else if (raw == CaseId.class) {
      return new CaseId("c" + random.nextInt(1 << 30));
    } else if (raw == BigInteger.class) {
      return new BigInteger(random.nextInt(257), random);
    } else if (raw == Instant.class) {
      return Instant.ofEpochMilli(random.nextLong(253_402_300_800_000L));
    } else if (raw == Duration.class) {
      return Duration.ofMillis(random.nextInt(1 << random.nextInt(31)));
    } else if (raw == long.class || raw == Long.class) {
      return random.nextLong(1L << random.nextInt(54));
    } else if (raw == int.class) {
      return random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31);
    } else if (raw == boolean.class) {
      return random.nextBoolean();
    } else if (raw == String.class) {
      return text();
    } else if (raw.isRecord()) {
      return record(raw);
    } else if (raw.isSealed()) {
      Class<?>[] kinds = raw.getPermittedSubclasses();
      return record(kinds[random.nextInt(kinds.length)]);
    }
    throw new AssertionError("no values of " + type);
  }

  /** All of Unicode, with a taste for what JSON escapes. */
  public String text() {
    StringBuilder out = new StringBuilder();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      int point =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> "\"\\/<>&'{}".codePointAt(random.nextInt(9));
            case 2 -> random.nextInt(0x110000);
            default -> 'a' + random.nextInt(26);
          };
      out.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
    }
    return out.toString();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
