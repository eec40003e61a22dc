package witan.load.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against RFC 6962's definitions, written down recursively. */
class MerkleTest {
  private static final int MOST = 40;

  private static List<byte[]> leaves(int count) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(Merkle.leafHash(new byte[] {(byte) i}));
    }
    return leaves;
  }

  private static int split(int n) {
    return Integer.highestOneBit(n - 1);
  }

  private static byte[] root(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return Hashes.sha256();
    }
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int k = split(leaves.size());
    return Merkle.nodeHash(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
  }

  /** SUBPROOF(m, D, b). */
  private static List<byte[]> proof(int m, List<byte[]> leaves, boolean whole) {
    if (m == leaves.size()) {
      return whole ? new ArrayList<>() : new ArrayList<>(List.of(root(leaves)));
    }
    int k = split(leaves.size());
    List<byte[]> left = leaves.subList(0, k);
    List<byte[]> right = leaves.subList(k, leaves.size());
    List<byte[]> proof = m <= k ? proof(m, left, whole) : proof(m - k, right, false);
    proof.add(root(m <= k ? right : left));
    return proof;
  }

  @Test
  void everyRootIsTheDefinitions() {
    List<byte[]> leaves = leaves(MOST);
    Merkle tree = Merkle.of(leaves);
    for (int size = 0; size <= MOST; size++) {
      assertArrayEquals(root(leaves.subList(0, size)), tree.root(size), "size " + size);
    }
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        Hashes.hex(tree.root(0)));
  }

  @Test
  void everyConsistencyProofHoldsAndNoOther() {
    List<byte[]> leaves = leaves(MOST);
    Merkle tree = Merkle.of(leaves);
    for (int to = 1; to <= MOST; to++) {
      for (int from = 1; from <= to; from++) {
        List<byte[]> proof = proof(from, leaves.subList(0, to), true);
        String what = from + " to " + to;
        assertTrue(Merkle.consistent(from, tree.root(from), to, tree.root(to), proof), what);
        assertFalse(Merkle.consistent(from, Hashes.sha256(), to, tree.root(to), proof), what);
        assertFalse(Merkle.consistent(from, tree.root(from), to, Hashes.sha256(), proof), what);
        proof.add(new byte[32]);
        assertFalse(Merkle.consistent(from, tree.root(from), to, tree.root(to), proof), what);
      }
    }
  }
}
