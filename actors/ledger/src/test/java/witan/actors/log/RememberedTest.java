package witan.actors.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.log.tile.TileId;
import witan.log.tile.TileProver;
import witan.log.tile.Tiles;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

class RememberedTest {
  /** Above a full tile. */
  private static final int SIZE = 300;

  private final List<Hash> roots = new ArrayList<>();
  private final TileProver prover;

  RememberedTest() {
    Frontier tree = Frontier.EMPTY;
    List<Hash> leaves = new ArrayList<>();
    roots.add(tree.root());
    for (int i = 0; i < SIZE; i++) {
      Hash leaf = Hashing.leaf(new byte[] {(byte) i, (byte) (i >> 8)});
      leaves.add(leaf);
      tree = tree.append(leaf);
      roots.add(tree.root());
    }
    Map<TileId, List<Hash>> tiles = new HashMap<>();
    Tiles.grow(id -> List.of(), 0, leaves).forEach(tiles::put);
    prover = new TileProver(tiles::get);
  }

  private Optional<String> judged(long size, Hash root) {
    Remembered known = new Remembered("somebody", size, root);
    List<Hash> proof = known.needsProof(SIZE) ? prover.consistency(size, SIZE) : List.of();
    return known.contradicts(SIZE, roots.get(SIZE), proof);
  }

  @Test
  void everyRootThatTheLogHadIsConsistent() {
    for (int size = 1; size <= SIZE; size++) {
      assertEquals(Optional.empty(), judged(size, roots.get(size)), "size " + size);
    }
  }

  @Test
  void anotherRootOfAnySizeIsAFork() {
    for (int size = 1; size <= SIZE; size++) {
      String why = judged(size, roots.get(size - 1)).orElseThrow();
      assertTrue(why.startsWith("log_forked: somebody remembers size " + size + " "), why);
      assertTrue(why.contains(roots.get(size - 1).hex()), why);
    }
  }

  @Test
  void moreThanTheLogHasIsARollback() {
    String why = judged(SIZE + 1, roots.get(SIZE)).orElseThrow();
    assertTrue(why.startsWith("log_rolled_back: somebody remembers size 301 "), why);
    assertTrue(why.contains("ends at 300"), why);
  }

  /** Rows that were made up cannot prove it. */
  @Test
  void aProofOfAnotherTreeProvesNothing() {
    Remembered known = new Remembered("somebody", 17, roots.get(17));
    List<Hash> proof = new ArrayList<>(prover.consistency(17, SIZE));
    for (int i = 0; i < proof.size(); i++) {
      Hash honest = proof.set(i, roots.get(1));
      assertTrue(known.contradicts(SIZE, roots.get(SIZE), proof).isPresent());
      proof.set(i, honest);
    }
    assertTrue(known.contradicts(SIZE, roots.get(SIZE), List.of()).isPresent());
  }

  @Test
  void ofNothingNothingIsRemembered() {
    assertThrows(
        IllegalArgumentException.class, () -> new Remembered("somebody", 0, Hashing.EMPTY));
  }
}
