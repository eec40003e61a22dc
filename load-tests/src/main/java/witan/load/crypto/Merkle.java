package witan.load.crypto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** RFC 6962 section 2.1 over a list of leaf hashes; keeps every complete subtree. */
public final class Merkle {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  /** By level: the hashes of the complete subtrees of 2^level leaves, from the left. */
  private final List<List<byte[]>> levels = new ArrayList<>();

  public static byte[] leafHash(byte[] entry) {
    return Hashes.sha256(LEAF, entry);
  }

  public static byte[] nodeHash(byte[] left, byte[] right) {
    return Hashes.sha256(NODE, left, right);
  }

  public static Merkle of(List<byte[]> leafHashes) {
    Merkle tree = new Merkle();
    leafHashes.forEach(leaf -> tree.add(0, leaf));
    return tree;
  }

  private void add(int level, byte[] hash) {
    if (levels.size() == level) {
      levels.add(new ArrayList<>());
    }
    List<byte[]> row = levels.get(level);
    row.add(hash);
    if (row.size() % 2 == 0) {
      add(level + 1, nodeHash(row.get(row.size() - 2), hash));
    }
  }

  public int size() {
    return levels.isEmpty() ? 0 : levels.get(0).size();
  }

  /** The root of the first {@code size} leaves. */
  public byte[] root(int size) {
    if (size > size()) {
      throw new IllegalArgumentException("only " + size() + " leaves");
    }
    if (size == 0) {
      return Hashes.sha256();
    }
    byte[] root = null;
    int end = size;
    // From the right: each set bit is a complete subtree that ends where the next begins.
    for (int level = 0; end > 0; level++) {
      if (((end >> level) & 1) == 1) {
        byte[] subtree = levels.get(level).get((end >> level) - 1);
        root = root == null ? subtree : nodeHash(subtree, root);
        end -= 1 << level;
      }
    }
    return root == null ? Hashes.sha256() : root;
  }

  /** RFC 9162 section 2.1.4.2. */
  public static boolean consistent(
      long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> proof) {
    if (first == second) {
      return proof.isEmpty() && Arrays.equals(firstRoot, secondRoot);
    }
    if (first < 1 || first > second || proof.isEmpty()) {
      return false;
    }
    List<byte[]> path = new ArrayList<>(proof);
    if (Long.bitCount(first) == 1) {
      path.add(0, firstRoot);
    }
    long fn = first - 1;
    long sn = second - 1;
    while ((fn & 1) == 1) {
      fn >>= 1;
      sn >>= 1;
    }
    byte[] fr = path.get(0);
    byte[] sr = path.get(0);
    for (byte[] node : path.subList(1, path.size())) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        fr = nodeHash(node, fr);
        sr = nodeHash(node, sr);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        sr = nodeHash(sr, node);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && Arrays.equals(fr, firstRoot) && Arrays.equals(sr, secondRoot);
  }
}
