package witan.log.tile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;

/**
 * Computes proofs from tiles, by the definitions of RFC 6962 sections 2.1.1 and 2.1.2. Each call
 * reads each tile at most once and keeps nothing; as thread-safe as its source. The tiles are
 * believed: check the proof against a checkpoint, or the root against one, when the source is not
 * trusted.
 *
 * <p>Every method throws what the source throws, and IllegalStateException if a tile has the wrong
 * width.
 */
public final class TileProver {
  private final TileSource source;

  public TileProver(TileSource source) {
    this.source = source;
  }

  /**
   * From the leaf's sibling up.
   *
   * @throws IllegalArgumentException unless 0 <= index < size
   */
  public List<Hash> inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("a tree of " + size + " leaves has no leaf " + index);
    }
    List<Hash> proof = new ArrayList<>();
    new Call(size).inclusion(index, 0, size, proof);
    return List.copyOf(proof);
  }

  /**
   * Empty if the sizes are equal.
   *
   * @throws IllegalArgumentException unless 0 < size1 <= size2
   */
  public List<Hash> consistency(long size1, long size2) {
    if (size1 <= 0 || size1 > size2) {
      throw new IllegalArgumentException(
          "no consistency proof leads from " + size1 + " to " + size2);
    }
    List<Hash> proof = new ArrayList<>();
    new Call(size2).consistency(size1, 0, size2, proof);
    return List.copyOf(proof);
  }

  public Hash root(long size) {
    return frontier(size).root();
  }

  public Frontier frontier(long size) {
    return Frontier.of(size, new Call(size).subtrees(0, size));
  }

  static List<Hash> read(TileSource source, TileId id) {
    List<Hash> hashes = source.hashes(id);
    if (hashes.size() != id.width()) {
      throw new IllegalStateException(id.path() + " came with " + hashes.size() + " hashes");
    }
    return hashes;
  }

  private final class Call {
    private final long size;
    private final Map<TileId, List<Hash>> tiles = new HashMap<>();

    Call(long size) {
      this.size = size;
    }

    /** PATH(index, D[from:to]); recursion is at most 63 deep. */
    void inclusion(long index, long from, long to, List<Hash> proof) {
      if (to - from == 1) {
        return;
      }
      long middle = from + split(to - from);
      if (index < middle) {
        inclusion(index, from, middle, proof);
        proof.add(root(middle, to));
      } else {
        inclusion(index, middle, to, proof);
        proof.add(root(from, middle));
      }
    }

    /** SUBPROOF(old - from, D[from:to], from = 0). */
    void consistency(long old, long from, long to, List<Hash> proof) {
      if (old == to) {
        if (from > 0) {
          proof.add(root(from, to));
        }
        return;
      }
      long middle = from + split(to - from);
      if (old <= middle) {
        consistency(old, from, middle, proof);
        proof.add(root(middle, to));
      } else {
        consistency(old, middle, to, proof);
        proof.add(root(from, middle));
      }
    }

    Hash root(long from, long to) {
      return Frontier.of(to - from, subtrees(from, to)).root();
    }

    /**
     * Roots of the complete subtrees of D[from:to], largest first; from is a multiple of the
     * largest.
     */
    List<Hash> subtrees(long from, long to) {
      List<Hash> roots = new ArrayList<>();
      for (long at = from; at < to; ) {
        int height = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - at);
        roots.add(subtree(height, at >>> height));
        at += 1L << height;
      }
      return roots;
    }

    /** Node number {@code index} of a height: the root over up to 128 neighbours in one tile. */
    private Hash subtree(int height, long index) {
      int level = height / 8;
      int count = 1 << (height % 8);
      long first = index * count;
      List<Hash> tile =
          tiles.computeIfAbsent(TileId.at(level, first, size), id -> read(source, id));
      int offset = (int) (first % TileId.FULL);
      return Tiles.root(tile.subList(offset, offset + count));
    }
  }

  /** The largest power of two smaller than n; n > 1. */
  private static long split(long n) {
    return Long.highestOneBit(n - 1);
  }
}
