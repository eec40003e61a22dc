package witan.actors.peer;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Who sent a message, for once.
 *
 * @param nonce no other message of the node has it
 * @param atMillis when it was signed, by the clock of the node that did; milliseconds since 1970
 */
public record NodeProof(long nonce, long atMillis, NodeSignature by) {
  /** For other nodes. */
  public byte[] encoded() {
    byte[] signature = by.encoded();
    return ByteBuffer.allocate(2 * Long.BYTES + signature.length)
        .putLong(nonce)
        .putLong(atMillis)
        .put(signature)
        .array();
  }

  /**
   * What {@link #encoded} made.
   *
   * @throws IOException if it did not
   */
  public static NodeProof decoded(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    return new NodeProof(in.readLong(), in.readLong(), NodeSignature.read(in));
  }
}
