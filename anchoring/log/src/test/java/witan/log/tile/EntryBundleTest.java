package witan.log.tile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryBundleTest {
  private static final long SEED = 16;

  @Test
  void entriesOfEveryLengthComeBack() {
    Random random = new Random(SEED);
    List<byte[]> entries = new ArrayList<>();
    for (int length : new int[] {0, 1, 255, 256, 1000, 65_535}) {
      byte[] entry = new byte[length];
      random.nextBytes(entry);
      entries.add(entry);
    }
    byte[] bundle = EntryBundle.encode(entries);
    List<byte[]> read = EntryBundle.decode(bundle, entries.size());

    for (int i = 0; i < entries.size(); i++) {
      assertArrayEquals(entries.get(i), read.get(i), "seed " + SEED);
    }
    assertArrayEquals(
        new byte[] {0, 2, 'h', 'i', 0, 0},
        EntryBundle.encode(List.of(new byte[] {'h', 'i'}, new byte[0])));
  }

  @Test
  void aBundleCutAnywhereInsideAnEntryIsRefused() {
    byte[] bundle =
        EntryBundle.encode(List.of("one".getBytes(StandardCharsets.UTF_8), new byte[300]));
    int refused = 0;
    for (int length = 0; length < bundle.length; length++) {
      if (length == 5) {
        continue; // the end of the first entry
      }
      byte[] cut = Arrays.copyOf(bundle, length);
      assertThrows(IllegalArgumentException.class, () -> EntryBundle.decode(cut));
      refused++;
    }
    assertEquals(bundle.length - 1, refused);
  }

  @Test
  void anotherNumberOfEntriesThanTheTilesIsRefused() {
    byte[] two = EntryBundle.encode(Collections.nCopies(2, new byte[1]));

    assertThrows(IllegalArgumentException.class, () -> EntryBundle.decode(two, 1));
    assertThrows(IllegalArgumentException.class, () -> EntryBundle.decode(two, 3));
    assertThrows(IllegalArgumentException.class, () -> EntryBundle.encode(List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> EntryBundle.encode(Collections.nCopies(257, new byte[1])));
    assertThrows(IllegalArgumentException.class, () -> EntryBundle.decode(new byte[2 * 257]));
    assertThrows(
        IllegalArgumentException.class, () -> EntryBundle.encode(List.of(new byte[65_536])));
  }
}
