package witan.domain.registry;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.PersistentMap;

/**
 * The keys of the last commands that were done, so that a retry does nothing; the oldest are
 * forgotten.
 *
 * @param seqs number of the event by key
 * @param keys by order, the first of them with number {@code next - keys.size()}
 */
public record Recent(Map<String, Long> seqs, Map<Long, String> keys, long next) {
  /** So many are remembered. */
  public static final int REMEMBERED = 20_000;

  public static final Recent NONE = new Recent(PersistentMap.empty(), PersistentMap.empty(), 0);

  public Recent {
    seqs = PersistentMap.of(seqs);
    keys = PersistentMap.of(keys);
  }

  public @Nullable Long seq(String key) {
    return seqs.get(key);
  }

  Recent plus(String key, long seq) {
    PersistentMap<String, Long> known = PersistentMap.of(seqs);
    PersistentMap<Long, String> order = PersistentMap.of(keys);
    if (order.size() >= REMEMBERED) {
      long oldest = next - REMEMBERED;
      String forgotten = order.get(oldest);
      if (forgotten != null) {
        known = known.minus(forgotten);
        order = order.minus(oldest);
      }
    }
    return new Recent(known.plus(key, seq), order.plus(next, key), next + 1);
  }
}
