package witan.log.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * The recursive definitions of RFC 6962 sections 2.1 to 2.1.2, word for word, as an oracle.
 * Remembers subtree roots.
 */
public final class ReferenceTree {
  private record Range(int from, int to) {}

  private final List<Hash> leaves;
  private final Map<Range, Hash> roots = new HashMap<>();

  public ReferenceTree(List<Hash> leaves) {
    this.leaves = List.copyOf(leaves);
  }

  /** Distinct leaves: the hashes of "0", "1", ... */
  public static List<Hash> leaves(int count) {
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(Hashing.leaf(Integer.toString(i).getBytes(StandardCharsets.UTF_8)));
    }
    return leaves;
  }

  public Hash root(int size) {
    return mth(0, size);
  }

  public List<Hash> inclusion(int index, int size) {
    return path(index, 0, size);
  }

  public List<Hash> consistency(int size1, int size2) {
    return subproof(size1, 0, size2, true);
  }

  private Hash mth(int from, int to) {
    int n = to - from;
    if (n == 0) {
      return Hashing.EMPTY;
    }
    if (n == 1) {
      return leaves.get(from);
    }
    Hash known = roots.get(new Range(from, to));
    if (known == null) {
      int k = split(n);
      known = Hashing.node(mth(from, from + k), mth(from + k, to));
      roots.put(new Range(from, to), known);
    }
    return known;
  }

  private List<Hash> path(int m, int from, int to) {
    int n = to - from;
    if (n == 1) {
      return new ArrayList<>();
    }
    int k = split(n);
    List<Hash> path = m < k ? path(m, from, from + k) : path(m - k, from + k, to);
    path.add(m < k ? mth(from + k, to) : mth(from, from + k));
    return path;
  }

  private List<Hash> subproof(int m, int from, int to, boolean known) {
    int n = to - from;
    if (m == n) {
      List<Hash> proof = new ArrayList<>();
      if (!known) {
        proof.add(mth(from, to));
      }
      return proof;
    }
    int k = split(n);
    List<Hash> proof =
        m <= k ? subproof(m, from, from + k, known) : subproof(m - k, from + k, to, false);
    proof.add(m <= k ? mth(from + k, to) : mth(from, from + k));
    return proof;
  }

  private static int split(int n) {
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return k;
  }
}
