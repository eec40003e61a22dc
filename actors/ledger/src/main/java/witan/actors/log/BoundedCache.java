package witan.actors.log;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The values used last. Thread-safe. */
public final class BoundedCache<K, V> {
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
  private final int max;
  private final ToLongFunction<V> size;
  private final long maxSize;
  private long total;

  public BoundedCache(int max) {
    this(max, value -> 1, max);
  }

  /**
   * A cache of values that are not all alike.
   *
   * @param max how many
   * @param maxSize of all together; the newest is kept whatever its size
   */
  public BoundedCache(int max, ToLongFunction<V> size, long maxSize) {
    this.max = max;
    this.size = size;
    this.maxSize = maxSize;
  }

  public synchronized @Nullable V get(K key) {
    return values.get(key);
  }

  public synchronized void put(K key, V value) {
    V before = values.put(key, value);
    total += size.applyAsLong(value) - (before == null ? 0 : size.applyAsLong(before));
    Iterator<V> eldest = values.values().iterator();
    while (values.size() > 1 && (values.size() > max || total > maxSize)) {
      total -= size.applyAsLong(eldest.next());
      eldest.remove();
    }
  }
}
