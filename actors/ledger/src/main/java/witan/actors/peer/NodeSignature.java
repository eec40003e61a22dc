package witan.actors.peer;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A node's signature, and by which certificate it is known. The arrays are not copied; nobody
 * writes to them.
 *
 * @param path certificate and those between it and the authority, as a PkiPath
 * @param signature Ed25519, 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record NodeSignature(byte[] path, byte[] signature) {
  /** Of the path; a certificate has some 400. */
  static final int MOST_PATH_BYTES = 8 << 10;

  private static final int SIGNATURE_BYTES = 64;

  /** For other nodes. */
  public byte[] encoded() {
    return ByteBuffer.allocate(SIGNATURE_BYTES + path.length).put(signature).put(path).array();
  }

  /**
   * What {@link #encoded} made.
   *
   * @throws IOException if it did not
   */
  public static NodeSignature decoded(byte[] bytes) throws IOException {
    return read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  static NodeSignature read(DataInputStream in) throws IOException {
    byte[] signature = new byte[SIGNATURE_BYTES];
    in.readFully(signature);
    byte[] path = in.readNBytes(MOST_PATH_BYTES + 1);
    if (path.length > MOST_PATH_BYTES) {
      throw new IOException("a path of certificates has at most " + MOST_PATH_BYTES + " bytes");
    }
    return new NodeSignature(path, signature);
  }
}
