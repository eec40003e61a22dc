package witan.log.tile;

import java.util.List;
import witan.log.tree.Hash;

/** Where tiles are read from: a store, a file tree, a remote log. */
@FunctionalInterface
public interface TileSource {
  /**
   * Exactly {@link TileId#width} hashes. A source that holds only a wider tile of this level and
   * index gives the first ones: logs may delete a partial tile when it is full.
   *
   * @throws java.io.UncheckedIOException if the tile cannot be had
   */
  List<Hash> hashes(TileId tile);
}
