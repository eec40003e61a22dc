package witan.cluster.it.traitor;

import java.util.ArrayList;
import java.util.List;
import witan.domain.common.Digest;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** RFC 6962, section 2.1, as it stands there: a whole tree, for whoever makes one up. */
record Tree(List<Hash> leaves) {
  Tree {
    leaves = List.copyOf(leaves);
  }

  Hash root() {
    return root(0, leaves.size());
  }

  List<Digest> inclusion(long index) {
    List<Hash> path = new ArrayList<>();
    path((int) index, 0, leaves.size(), path);
    return digests(path);
  }

  /** From the tree of the first {@code size} leaves to this one. */
  List<Digest> consistency(long size) {
    List<Hash> proof = new ArrayList<>();
    subProof((int) size, 0, leaves.size(), true, proof);
    return digests(proof);
  }

  private static List<Digest> digests(List<Hash> hashes) {
    return hashes.stream().map(hash -> new Digest(hash.hex())).toList();
  }

  private Hash root(int from, int to) {
    if (to - from == 0) {
      return Hashing.EMPTY;
    }
    if (to - from == 1) {
      return leaves.get(from);
    }
    int middle = from + split(to - from);
    return Hashing.node(root(from, middle), root(middle, to));
  }

  private void path(int index, int from, int to, List<Hash> path) {
    if (to - from <= 1) {
      return;
    }
    int middle = from + split(to - from);
    if (index < middle) {
      path(index, from, middle, path);
      path.add(root(middle, to));
    } else {
      path(index, middle, to, path);
      path.add(root(from, middle));
    }
  }

  private void subProof(int size, int from, int to, boolean whole, List<Hash> proof) {
    if (size == to - from) {
      if (!whole) {
        proof.add(root(from, to));
      }
      return;
    }
    int half = split(to - from);
    if (size <= half) {
      subProof(size, from, from + half, whole, proof);
      proof.add(root(from + half, to));
    } else {
      subProof(size - half, from + half, to, false, proof);
      proof.add(root(from, from + half));
    }
  }

  /** The greatest power of two below. */
  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }
}
