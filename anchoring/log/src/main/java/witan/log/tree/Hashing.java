package witan.log.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The three hashes of RFC 6962 section 2.1. Leaves and nodes start with different bytes, so that
 * neither can pass for the other. Thread-safe.
 */
public final class Hashing {
  /** Root of the tree without leaves: SHA-256 of nothing. */
  public static final Hash EMPTY = new Hash(newDigest().digest());

  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private Hashing() {}

  /** SHA-256(0x00 || entry). */
  public static Hash leaf(byte[] entry) {
    MessageDigest digest = SCRATCH.get().digest;
    digest.update(LEAF);
    return new Hash(digest.digest(entry));
  }

  /** SHA-256(0x01 || left || right). */
  public static Hash node(Hash left, Hash right) {
    Scratch scratch = SCRATCH.get();
    left.copyTo(scratch.node, 1);
    right.copyTo(scratch.node, 1 + Hash.LENGTH);
    return new Hash(scratch.digest.digest(scratch.node));
  }

  /** Plain SHA-256, for what is not part of a tree. */
  public static Hash sha256(byte[] bytes) {
    return new Hash(SCRATCH.get().digest.digest(bytes));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * One digest and one node buffer per thread: a lookup of the provider costs more than the hash.
   */
  private static final class Scratch {
    final MessageDigest digest = newDigest();
    final byte[] node = new byte[1 + 2 * Hash.LENGTH];

    Scratch() {
      node[0] = NODE;
    }
  }
}
