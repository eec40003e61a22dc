package witan.log.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import witan.log.proof.Proofs;
import witan.log.proof.ReferenceTree;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;

class TileProverTest {
  private static final long SEED = 6962;
  private static final int[] EDGES = {
    1, 2, 255, 256, 257, 511, 512, 513, 65_279, 65_280, 65_281, 65_535, 65_536, 65_537, 65_791,
    65_792, 65_793, 70_000
  };

  @Test
  void proofsAtTheEdgesOfTilesAreTheDefinitionsAndReadNoTileTwice() {
    List<Hash> leaves = ReferenceTree.leaves(70_000);
    ReferenceTree oracle = new ReferenceTree(leaves);
    MemoryTiles tiles = new MemoryTiles();
    tiles.append(leaves);
    TileProver prover = new TileProver(tiles);
    Random random = new Random(SEED);
    tiles.takeReads();

    for (int size : EDGES) {
      assertEquals(oracle.root(size), prover.root(size), "size " + size);
      checkReads(tiles.takeReads());
      List<Integer> indices = new ArrayList<>(List.of(0, size / 2, size - 1, random.nextInt(size)));
      for (int edge : EDGES) {
        if (edge <= size) {
          indices.add(edge - 1);
        }
      }
      for (int index : indices) {
        String at = index + " of " + size + ", seed " + SEED;
        List<Hash> inclusion = prover.inclusion(index, size);
        checkReads(tiles.takeReads());
        assertEquals(oracle.inclusion(index, size), inclusion, at);
        assertTrue(
            Proofs.verifyInclusion(index, size, leaves.get(index), inclusion, oracle.root(size)),
            at);
        List<Hash> consistency = prover.consistency(index + 1, size);
        checkReads(tiles.takeReads());
        assertEquals(oracle.consistency(index + 1, size), consistency, at);
        Hash before = oracle.root(index + 1);
        assertTrue(
            Proofs.verifyConsistency(index + 1, size, before, oracle.root(size), consistency), at);
      }
    }
  }

  private static void checkReads(List<TileId> reads) {
    assertEquals(reads.size(), new HashSet<>(reads).size(), () -> "read twice: " + reads);
    assertTrue(
        reads.size() <= 6,
        () -> "a tree of three levels needs at most two tiles of each: " + reads);
  }

  @Test
  void tilesGrownInRandomStepsAreTheTilesOfTheFinalSize() {
    List<Hash> leaves = ReferenceTree.leaves(70_000);
    Map<TileId, List<Hash>> atOnce = new HashMap<>(Tiles.grow(id -> List.of(), 0, leaves));
    Random random = new Random(SEED);
    Map<TileId, List<Hash>> written = new HashMap<>();
    int size = 0;
    while (size < leaves.size()) {
      int next = Math.min(leaves.size(), size + 1 + random.nextInt(700));
      var step = Tiles.grow(written::get, size, leaves.subList(size, next));
      assertEquals(TileId.forGrowth(size, next), List.copyOf(step.keySet()), "seed " + SEED);
      written.putAll(step);
      size = next;
    }
    assertEquals(new HashSet<>(TileId.forSize(70_000)), atOnce.keySet());
    atOnce.forEach((id, hashes) -> assertEquals(hashes, written.get(id), id.path()));
    assertEquals(Frontier.EMPTY.appendAll(leaves), new TileProver(written::get).frontier(70_000));
    long bytes = atOnce.values().stream().mapToLong(t -> Tiles.encode(t).length).sum();
    assertTrue(bytes <= 32.5 * leaves.size(), () -> bytes + " bytes of tiles");
  }

  @Test
  void whatTheTreeDoesNotHaveIsRefusedBeforeAnythingIsRead() {
    MemoryTiles tiles = new MemoryTiles();
    TileProver prover = new TileProver(tiles);

    assertThrows(IllegalArgumentException.class, () -> prover.inclusion(-1, 5));
    assertThrows(IllegalArgumentException.class, () -> prover.inclusion(5, 5));
    assertThrows(IllegalArgumentException.class, () -> prover.consistency(0, 5));
    assertThrows(IllegalArgumentException.class, () -> prover.consistency(6, 5));
    assertThrows(IllegalArgumentException.class, () -> prover.root(-1));
    assertEquals(List.of(), tiles.takeReads());
  }

  @Test
  void aTileOfAnotherWidthIsRefused() {
    TileProver prover = new TileProver(id -> ReferenceTree.leaves(id.width() + 1));

    assertThrows(IllegalStateException.class, () -> prover.root(5));
    assertThrows(IllegalStateException.class, () -> prover.inclusion(1, 5));
  }

  @Test
  void bytesOfATileAreItsHashesAndNothingElse() {
    List<Hash> hashes = ReferenceTree.leaves(3);
    byte[] bytes = Tiles.encode(hashes);

    assertEquals(96, bytes.length);
    assertEquals(hashes, Tiles.decode(bytes, 3));
    assertThrows(IllegalArgumentException.class, () -> Tiles.decode(bytes, 2));
    assertThrows(IllegalArgumentException.class, () -> Tiles.decode(bytes, 4));
    assertThrows(IllegalArgumentException.class, () -> Tiles.decode(new byte[95], 3));
  }
}
