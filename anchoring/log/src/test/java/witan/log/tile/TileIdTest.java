package witan.log.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileIdTest {
  private static final long SEED = 20260101;

  @Test
  void pathsAreTheSpecificationsExamples() {
    assertEquals("tile/0/x001/x234/067", new TileId(0, 1_234_067, 256).path());
    assertEquals("tile/0/x001/x234/067.p/8", new TileId(0, 1_234_067, 8).path());
    assertEquals("tile/entries/000.p/255", new TileId(0, 0, 255).entriesPath());
    assertEquals("tile/1/999", new TileId(1, 999, 256).path());
    assertEquals("tile/1/x001/000", new TileId(1, 1000, 256).path());
  }

  @Test
  void size70000HasTheTilesTheSpecificationCounts() {
    List<TileId> tiles = TileId.forSize(70_000);

    assertEquals(273, tiles.stream().filter(t -> t.level() == 0 && t.isFull()).count());
    assertEquals(1, tiles.stream().filter(t -> t.level() == 1 && t.isFull()).count());
    assertEquals(
        List.of("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"),
        tiles.stream().filter(t -> !t.isFull()).map(TileId::path).toList());
    assertEquals(277, tiles.size());
  }

  @Test
  void size256HasAFullTileAndAPartialOneAbove() {
    assertEquals(List.of(new TileId(0, 0, 256), new TileId(1, 0, 1)), TileId.forSize(256));
    assertEquals(List.of(), TileId.forSize(0));
    assertEquals(List.of(new TileId(0, 0, 1)), TileId.forSize(1));
  }

  @Test
  void growthListsTheTilesThatAreNewOrWider() {
    assertEquals(List.of(), TileId.forGrowth(300, 300));
    assertEquals(List.of(new TileId(0, 1, 45)), TileId.forGrowth(300, 301));
    assertEquals(
        List.of(new TileId(0, 1, 256), new TileId(0, 2, 1), new TileId(1, 0, 2)),
        TileId.forGrowth(511, 513));
    assertThrows(IllegalArgumentException.class, () -> TileId.forGrowth(2, 1));
    assertThrows(IllegalArgumentException.class, () -> TileId.forGrowth(-1, 1));
  }

  @Test
  void everyTileOfRandomPlacesIsReadBackFromItsPaths() {
    Random random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      int level = random.nextInt(8);
      long hashes = (random.nextLong() >>> 1) >>> random.nextInt(63) >>> (8 * level);
      if (hashes == 0) {
        continue;
      }
      TileId id = TileId.at(level, hashes - 1, hashes << (8 * level));
      assertEquals(id, TileId.parse(id.path()), "seed " + SEED);
      if (level == 0) {
        assertEquals(id, TileId.parseEntries(id.entriesPath()), "seed " + SEED);
      }
    }
  }

  @Test
  void theLargestTreeHasTilesUpToLevel7AndNoneBeyond() {
    TileId last = TileId.at(7, 126, Long.MAX_VALUE);
    assertEquals(new TileId(7, 0, 127), last);
    assertThrows(IllegalArgumentException.class, () -> new TileId(7, 0, 128));
    assertThrows(IllegalArgumentException.class, () -> new TileId(8, 0, 1));
    TileId right = TileId.at(0, Long.MAX_VALUE - 1, Long.MAX_VALUE);
    assertEquals(255, right.width());
    assertThrows(IllegalArgumentException.class, () -> new TileId(0, right.index(), 256));
    assertThrows(IllegalArgumentException.class, () -> new TileId(0, right.index() + 1, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/x000/x001/000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/x1/000",
        "tile/00/000",
        "tile/-1/000",
        "tile/8/000",
        "tile/64/000",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/000 ",
        "tile/0/000\n",
        "tile//000",
        "tile/0/000.p/0",
        "tile/0/000.p/00",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/999",
        "tile/0/000.p/",
        "tile/0/000.p",
        "tile/0/000.p/-1",
        "tile/0/000.P/1",
        "tile/0/X001/000",
        "tile/0/+01",
        "tile/0/\u0660\u0660\u0661",
        "tile/0/../000",
        "tile/entries/000",
        "tile/0/x009/x223/x372/x036/x854/x775/808",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999"
      })
  void anyOtherPathOfHashesIsRefused(String path) {
    assertThrows(IllegalArgumentException.class, () -> TileId.parse(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile/entries/",
        "tile/0/000",
        "tile/entries/0",
        "tile/entries/x000/000",
        "tile/entries/000.p/256"
      })
  void anyOtherPathOfEntriesIsRefused(String path) {
    assertThrows(IllegalArgumentException.class, () -> TileId.parseEntries(path));
  }

  @Test
  void onlyLevel0HasEntries() {
    assertThrows(IllegalStateException.class, () -> new TileId(1, 0, 1).entriesPath());
    assertTrue(
        TileId.forSize(0, 257).stream()
            .allMatch(t -> t.entriesPath().startsWith("tile/entries/00")));
  }
}
