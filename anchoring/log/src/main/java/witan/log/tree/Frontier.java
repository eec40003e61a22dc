package witan.log.tree;

import java.util.Arrays;
import java.util.List;

/**
 * What is needed of a tree to append to it and to know its root: the roots of its complete
 * subtrees, left to right, largest first; one per set bit of the size. Immutable.
 */
public record Frontier(long size, List<Hash> hashes) {
  public static final Frontier EMPTY = new Frontier(0, List.of());

  /**
   * @throws IllegalArgumentException if the size is negative or the number of hashes is not its
   *     number of set bits
   */
  public Frontier {
    if (size < 0) {
      throw new IllegalArgumentException("a tree cannot have " + size + " leaves");
    }
    hashes = List.copyOf(hashes);
    if (hashes.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException(
          "a tree of "
              + size
              + " leaves has "
              + Long.bitCount(size)
              + " subtrees, not "
              + hashes.size());
    }
  }

  /** As the constructor. */
  public static Frontier of(long size, List<Hash> hashes) {
    return new Frontier(size, hashes);
  }

  public Frontier append(Hash leaf) {
    return appendAll(List.of(leaf));
  }

  /**
   * The tree with these leaves added on the right.
   *
   * @throws ArithmeticException if the size would exceed 2^63-1
   */
  public Frontier appendAll(List<Hash> leaves) {
    long newSize = Math.addExact(size, leaves.size());
    Hash[] stack = hashes.toArray(new Hash[Long.SIZE]);
    int top = hashes.size();
    long count = size;
    for (Hash leaf : leaves) {
      Hash right = leaf;
      for (int merges = Long.numberOfTrailingZeros(~count); merges > 0; merges--) {
        right = Hashing.node(stack[--top], right);
      }
      stack[top++] = right;
      count++;
    }
    return new Frontier(newSize, Arrays.asList(stack).subList(0, top));
  }

  public Hash root() {
    if (hashes.isEmpty()) {
      return Hashing.EMPTY;
    }
    Hash root = hashes.get(hashes.size() - 1);
    for (int i = hashes.size() - 2; i >= 0; i--) {
      root = Hashing.node(hashes.get(i), root);
    }
    return root;
  }
}
