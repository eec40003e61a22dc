package witan.log.tile;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** Bytes of tiles, and the tiles of a growing tree. */
public final class Tiles {
  private Tiles() {}

  /** The hashes one after the other: 32 bytes each. */
  public static byte[] encode(List<Hash> hashes) {
    byte[] bytes = new byte[hashes.size() * Hash.LENGTH];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(bytes, i * Hash.LENGTH);
    }
    return bytes;
  }

  /**
   * The hashes of a tile.
   *
   * @throws IllegalArgumentException unless there are exactly {@code width} hashes
   */
  public static List<Hash> decode(byte[] bytes, int width) {
    if (bytes.length != width * Hash.LENGTH) {
      throw new IllegalArgumentException(
          "a tile of width " + width + " does not have " + bytes.length + " bytes");
    }
    List<Hash> hashes = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      hashes.add(Hash.of(bytes, i * Hash.LENGTH));
    }
    return List.copyOf(hashes);
  }

  /**
   * The tiles to write when leaves are appended to the tree of {@code oldSize}: those of {@link
   * TileId#forGrowth}, in the order of levels. The same input gives the same tiles, so writing them
   * again after a crash is harmless.
   *
   * @param source asked for the old tree's partial tiles at the right edge only
   */
  public static SortedMap<TileId, List<Hash>> grow(
      TileSource source, long oldSize, List<Hash> leaves) {
    long newSize = Math.addExact(oldSize, leaves.size());
    SortedMap<TileId, List<Hash>> grown = new TreeMap<>(TileId.ORDER);
    List<Hash> added = leaves;
    for (int level = 0; !added.isEmpty(); level++) {
      long before = oldSize >>> (8 * level);
      int partial = (int) (before % TileId.FULL);
      List<Hash> hashes = new ArrayList<>();
      if (partial > 0) {
        hashes.addAll(TileProver.read(source, TileId.at(level, before - 1, oldSize)));
      }
      hashes.addAll(added);
      List<Hash> above = new ArrayList<>();
      for (int from = 0; from < hashes.size(); from += TileId.FULL) {
        TileId id = TileId.at(level, before - partial + from, newSize);
        List<Hash> tile = List.copyOf(hashes.subList(from, from + id.width()));
        grown.put(id, tile);
        if (id.isFull()) {
          above.add(root(tile));
        }
      }
      added = above;
    }
    return grown;
  }

  /** Root over 1, 2, 4, ... 256 hashes. */
  static Hash root(List<Hash> hashes) {
    List<Hash> level = hashes;
    while (level.size() > 1) {
      List<Hash> next = new ArrayList<>(level.size() / 2);
      for (int i = 0; i < level.size(); i += 2) {
        next.add(Hashing.node(level.get(i), level.get(i + 1)));
      }
      level = next;
    }
    return level.get(0);
  }
}
