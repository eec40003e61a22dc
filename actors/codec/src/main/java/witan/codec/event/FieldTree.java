package witan.codec.event;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import witan.codec.hash.Hashes;
import witan.codec.json.CanonicalWriter;
import witan.domain.common.Digest;

/**
 * The RFC 6962 tree over an event's fields, sorted by name: leaf = SHA-256(0x00 || salt ||
 * JCS([name, value])). A salt is as long as a hash, so a disclosed field tells nothing of the
 * others.
 */
public final class FieldTree {
  private FieldTree() {}

  /**
   * The hash of one field.
   *
   * @param canonicalValue RFC 8785 bytes of the value
   */
  public static Digest leaf(byte[] salt, String name, byte[] canonicalValue) {
    byte[] pair =
        new CanonicalWriter().raw('[').string(name).raw(',').raw(canonicalValue).raw(']').bytes();
    return Digest.of(Hashes.leaf(salt, pair));
  }

  public static Digest root(List<Digest> leaves) {
    return Digest.of(Hashes.root(leaves.stream().map(Digest::bytes).toList()));
  }

  static byte[] salt(SubjectKeys keys, String pid, long seq, String name) {
    return Hashes.hmac(
        keys.salt(),
        Hashes.utf8(pid),
        ByteBuffer.allocate(9).put((byte) 0).putLong(seq).array(),
        Hashes.utf8(name));
  }

  /**
   * @param fields canonical values by name
   */
  static Digest root(SubjectKeys keys, String pid, long seq, SortedMap<String, byte[]> fields) {
    List<Digest> leaves = new ArrayList<>(fields.size());
    for (Map.Entry<String, byte[]> e : fields.entrySet()) {
      leaves.add(leaf(salt(keys, pid, seq, e.getKey()), e.getKey(), e.getValue()));
    }
    return root(leaves);
  }
}
