package witan.actors.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.log.tile.TileId;
import witan.log.tile.TileProver;
import witan.log.tile.Tiles;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * The right edge of the tree: the partial tile of each level. Enough to append, to know the root
 * and to write the tiles that become full. Immutable.
 *
 * @param partial for each level with a partial tile its hashes
 */
record TreeEdge(long size, Map<Integer, List<Hash>> partial) {
  static final TreeEdge EMPTY = new TreeEdge(0, Map.of());

  /** The tree after an append, and the tiles that are full since. */
  record Grown(TreeEdge edge, Hash root, SortedMap<TileId, List<Hash>> full) {}

  TreeEdge {
    partial = Map.copyOf(partial);
  }

  Grown append(List<Hash> leaves) {
    SortedMap<TileId, List<Hash>> full = new TreeMap<>(TileId.ORDER);
    Map<Integer, List<Hash>> edge = new HashMap<>(partial);
    Tiles.grow(this::at, size, leaves)
        .forEach(
            (id, hashes) -> {
              if (id.isFull()) {
                full.put(id, hashes);
                edge.remove(id.level());
              } else {
                edge.put(id.level(), hashes);
              }
            });
    TreeEdge grown = new TreeEdge(size + leaves.size(), edge);
    return new Grown(grown, grown.root(), full);
  }

  Hash root() {
    return size == 0 ? Hashing.EMPTY : new TileProver(this::at).root(size);
  }

  private List<Hash> at(TileId id) {
    return partial.getOrDefault(id.level(), List.of());
  }

  /** Fails with IllegalStateException if the rows below that size are not all there. */
  static CompletionStage<TreeEdge> load(LogStore store, long size) {
    CompletionStage<Map<Integer, List<Hash>>> loaded =
        CompletableFuture.completedFuture(new HashMap<>());
    for (int level = 0; size >>> (8 * level) > 0 && level < 8; level++) {
      int at = level;
      long count = size >>> (8 * level);
      int width = (int) (count % TileId.FULL);
      if (width > 0) {
        loaded =
            loaded.thenCombine(
                loadPartial(store, level, count - width, width),
                (levels, hashes) -> {
                  levels.put(at, hashes);
                  return levels;
                });
      }
    }
    return loaded.thenApply(levels -> new TreeEdge(size, levels));
  }

  /** Reads the first hashes of a tile that need not be full. */
  static CompletionStage<List<Hash>> loadPartial(LogStore store, int level, long first, int width) {
    CompletionStage<List<Hash>> hashes =
        level == 0
            ? store.leaves(first, width).thenApply(rows -> contiguous(rows, first))
            : store.tileRoots(level - 1, first, width);
    return hashes.thenApply(
        found -> {
          if (found.size() != width) {
            throw new IllegalStateException(
                "level " + level + " has " + found.size() + " of " + width + " hashes at " + first);
          }
          return found;
        });
  }

  private static List<Hash> contiguous(List<LeafRow> rows, long first) {
    List<Hash> hashes = new ArrayList<>(rows.size());
    for (LeafRow row : rows) {
      if (row.index() != first + hashes.size()) {
        throw new IllegalStateException("leaf " + (first + hashes.size()) + " is missing");
      }
      hashes.add(row.hash());
    }
    return hashes;
  }
}
