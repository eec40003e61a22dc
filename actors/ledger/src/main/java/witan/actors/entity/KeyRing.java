package witan.actors.entity;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of an entity's few subjects, as far as they were loaded. Not thread-safe. */
final class KeyRing {
  private final EntityPort<?, ?> port;
  private final Map<String, byte[]> keys = new HashMap<>();
  private final Set<String> loading = new HashSet<>();

  KeyRing(EntityPort<?, ?> port) {
    this.port = port;
  }

  /** Null, and asked for, while it is not at hand. */
  byte @Nullable [] key(String subject, boolean make) {
    byte[] key = keys.get(subject);
    if (key == null && loading.add(subject)) {
      port.loadKey(subject, make);
    }
    return key;
  }

  /**
   * Takes a key.
   *
   * @param key null where there is none and none was to be made: the subject was erased
   */
  void loaded(String subject, byte @Nullable [] key) {
    loading.remove(subject);
    if (key == null) {
      throw port.fail("the key of " + subject + " is gone", false);
    }
    keys.put(subject, key);
  }
}
