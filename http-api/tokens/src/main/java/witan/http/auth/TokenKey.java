package witan.http.auth;

import java.io.IOException;
import java.nio.file.Path;
import witan.secret.SecretFile;

/** The secret that tokens are signed with (HS256: RFC 7518 3.2 asks for 256 bits or more). */
public final class TokenKey {
  private static final int MIN_BYTES = 32;
  private static final int MAX_BYTES = 4096;

  private final byte[] bytes;

  /**
   * Copies the bytes.
   *
   * @throws IllegalArgumentException unless there are 32 to 4096 bytes
   */
  public TokenKey(byte[] bytes) {
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a token key has " + MIN_BYTES + " to " + MAX_BYTES + " bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  /** Reads the {@link SecretFile}'s bytes as they are. */
  public static TokenKey read(Path file) throws IOException {
    return new TokenKey(SecretFile.read(file, MAX_BYTES));
  }

  byte[] bytes() {
    return bytes.clone();
  }
}
