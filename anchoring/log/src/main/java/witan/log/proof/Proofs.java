package witan.log.proof;

import java.util.List;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * Proof checking. Bounds come first, then the exact length of the proof, so that nothing is hashed
 * for a proof that cannot be right; then the root. Never throws on a wrong proof.
 */
public final class Proofs {
  private Proofs() {}

  /**
   * RFC 9162 section 2.1.3.2: the leaf is number {@code index}, from 0, of the tree with this size
   * and root.
   */
  public static boolean verifyInclusion(
      long index, long size, Hash leaf, List<Hash> proof, Hash root) {
    if (index < 0 || index >= size || proof.size() != inclusionLength(index, size)) {
      return false;
    }
    long fn = index;
    long sn = size - 1;
    Hash hash = leaf;
    for (Hash sibling : proof) {
      if ((fn & 1) == 1 || fn == sn) {
        hash = Hashing.node(sibling, hash);
        // The last node of a level without a sibling moves up unchanged.
        int unpaired = (fn & 1) == 1 ? 0 : Long.numberOfTrailingZeros(fn);
        fn >>= unpaired;
        sn >>= unpaired;
      } else {
        hash = Hashing.node(hash, sibling);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && hash.equals(root);
  }

  /**
   * RFC 9162 section 2.1.4.2: the tree of {@code size1} leaves is the beginning of the tree of
   * {@code size2}. Every tree begins with the empty one, which proves nothing: {@code size1 = 0} is
   * refused.
   */
  public static boolean verifyConsistency(
      long size1, long size2, Hash root1, Hash root2, List<Hash> proof) {
    if (size1 <= 0 || size1 > size2 || proof.size() != consistencyLength(size1, size2)) {
      return false;
    }
    if (size1 == size2) {
      return root1.equals(root2);
    }
    int shift = Long.numberOfTrailingZeros(size1);
    long fn = (size1 - 1) >> shift;
    long sn = (size2 - 1) >> shift;
    boolean complete = Long.bitCount(size1) == 1;
    Hash hash1 = complete ? root1 : proof.get(0);
    Hash hash2 = hash1;
    for (Hash sibling : complete ? proof : proof.subList(1, proof.size())) {
      if ((fn & 1) == 1 || fn == sn) {
        hash1 = Hashing.node(sibling, hash1);
        hash2 = Hashing.node(sibling, hash2);
        int unpaired = (fn & 1) == 1 || fn == 0 ? 0 : Long.numberOfTrailingZeros(fn);
        fn >>= unpaired;
        sn >>= unpaired;
      } else {
        hash2 = Hashing.node(hash2, sibling);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && hash1.equals(root1) && hash2.equals(root2);
  }

  /** Number of hashes in the inclusion proof; 0 <= index < size. */
  static int inclusionLength(long index, long size) {
    int inner = Long.SIZE - Long.numberOfLeadingZeros(index ^ (size - 1));
    return inner + bitsFrom(index, inner);
  }

  /** Number of hashes in the consistency proof; 0 < size1 <= size2. */
  static int consistencyLength(long size1, long size2) {
    if (size1 == size2) {
      return 0;
    }
    int startsWithSubtree = Long.bitCount(size1) == 1 ? 0 : 1;
    return startsWithSubtree
        + inclusionLength(size1 - 1, size2)
        - Long.numberOfTrailingZeros(size1);
  }

  private static int bitsFrom(long value, int bit) {
    return bit == Long.SIZE ? 0 : Long.bitCount(value >>> bit);
  }
}
