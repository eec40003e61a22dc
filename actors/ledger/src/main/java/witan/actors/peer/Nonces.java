package witan.actors.peer;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import witan.actors.peer.PeerRefused.Code;

/** What one node has sent within the time in which it could be sent again. Thread-safe. */
final class Nonces {
  /** Either way: what clocks may differ by (60 s), and half a minute on the way. */
  static final Duration WINDOW = Duration.ofSeconds(90);

  /** Some 5,800 a second, for three minutes. */
  static final int MOST = 1 << 20;

  private static final long BUCKET_MILLIS = 5_000;

  private final Map<Long, Set<Long>> buckets = new HashMap<>();
  private int remembered;

  /**
   * Remembers it.
   *
   * @param atMillis when it was signed
   * @throws PeerRefused where that is too long ago or to come, it was there before, or there are
   *     too many
   */
  synchronized void take(long nonce, long atMillis, long nowMillis, String name) {
    if (Math.abs(nowMillis - atMillis) > WINDOW.toMillis()) {
      throw new PeerRefused(
          Code.WRONG_TIME,
          "%s signed it %d ms from this node's time".formatted(name, atMillis - nowMillis));
    }
    forget(nowMillis - WINDOW.toMillis());
    Set<Long> bucket =
        buckets.computeIfAbsent(Math.floorDiv(atMillis, BUCKET_MILLIS), k -> new HashSet<>());
    if (bucket.contains(nonce)) {
      throw new PeerRefused(Code.REPEATED, name + " sent it before, or somebody in its name");
    }
    if (remembered >= MOST) {
      throw new PeerRefused(
          Code.TOO_MANY, "%s sent more than %,d in three minutes".formatted(name, MOST));
    }
    bucket.add(nonce);
    remembered++;
  }

  /** Whole buckets that ended before. */
  private void forget(long beforeMillis) {
    if (buckets.keySet().stream().anyMatch(number -> over(number, beforeMillis))) {
      buckets.keySet().removeIf(number -> over(number, beforeMillis));
      remembered = buckets.values().stream().mapToInt(Set::size).sum();
    }
  }

  private static boolean over(long bucket, long beforeMillis) {
    return (bucket + 1) * BUCKET_MILLIS <= beforeMillis;
  }
}
