package witan.domain.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistentMapTest {

  /** A key whose hash is chosen, so that hashes meet in any number of bits. */
  private record Key(int id, int hash) {
    @Override
    public int hashCode() {
      return hash;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void behavesLikeAHashMapAndKeepsEveryOlderVersion(long seed) {
    Random random = new Random(seed);
    int hashes = 1 << (4 * (int) seed);
    PersistentMap<Key, Integer> map = PersistentMap.empty();
    Map<Key, Integer> model = new HashMap<>();
    List<PersistentMap<Key, Integer>> versions = new ArrayList<>();
    List<Map<Key, Integer>> models = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      int id = random.nextInt(800);
      int hash = id % hashes << (seed % 2 == 0 ? 0 : 24);
      Key key = new Key(id, hash);
      if (random.nextInt(3) == 0) {
        map = map.minus(key);
        model.remove(key);
      } else {
        map = map.plus(key, i);
        model.put(key, i);
      }
      if (i % 200 == 0) {
        versions.add(map);
        models.add(Map.copyOf(model));
      }
      assertEquals(model.size(), map.size(), "seed " + seed);
      assertEquals(model.get(key), map.get(key), "seed " + seed);
      Key other = new Key(id + 1_000, hash);
      assertNull(map.get(other), "seed " + seed);
      assertFalse(map.containsKey(other), "seed " + seed);
    }
    assertEquals(model, map, "seed " + seed);
    assertEquals(map, model, "seed " + seed);
    assertEquals(model.hashCode(), map.hashCode(), "seed " + seed);
    for (int i = 0; i < versions.size(); i++) {
      assertEquals(models.get(i), versions.get(i), "version " + i + " of seed " + seed);
    }
  }

  @Test
  void keepsWhatIsToBeKept() {
    PersistentMap<String, Integer> map = PersistentMap.of(Map.of("a", 1, "b", 2, "c", 3));
    assertEquals(Map.of("a", 1, "c", 3), map.keeping((key, value) -> value != 2));
    assertEquals(3, map.size());
  }

  @Test
  void isNotCopiedAndCannotBeWritten() {
    PersistentMap<String, Integer> map = PersistentMap.of(Map.of("a", 1));
    assertSame(map, PersistentMap.of(map));
    assertThrows(UnsupportedOperationException.class, () -> map.put("b", 2));
    assertThrows(UnsupportedOperationException.class, () -> map.remove("a"));
    assertThrows(
        UnsupportedOperationException.class, () -> map.entrySet().iterator().next().setValue(2));
    assertTrue(PersistentMap.empty().isEmpty());
    assertNull(map.get(null));
  }
}
