package witan.chain.anchor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.web3j.crypto.Credentials;
import witan.secret.SecretFile;

/** The secp256k1 key that signs anchors. It can stall anchoring or waste gas, not forge a log. */
public final class AnchorKey {
  private static final int MOST_BYTES = 200;

  private final Credentials credentials;

  private AnchorKey(Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * A key that is kept elsewhere.
   *
   * @param hex 64 hexadecimal digits, in [1, n)
   * @throws IllegalArgumentException for anything else; the message does not repeat the key
   */
  public static AnchorKey of(String hex) {
    if (!hex.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException("a key is 64 hexadecimal digits");
    }
    return new AnchorKey(Credentials.create(hex));
  }

  /**
   * Reads the key file, or makes one (64 digits and a newline, mode 0600) where there is none. The
   * file appears complete or not at all; of two processes that make it at once both get the
   * winner's.
   *
   * @throws IllegalArgumentException if the file holds no key or is refused by {@link SecretFile}
   * @throws UncheckedIOException if it cannot be read or made
   */
  public static AnchorKey loadOrCreate(Path file) {
    try {
      SecretFile.createIfMissing(file, AnchorKey::fresh);
      return of(SecretFile.text(file, MOST_BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] fresh() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** {@code 0x} and 40 lower-case digits. */
  public String address() {
    return credentials.getAddress();
  }

  Credentials credentials() {
    return credentials;
  }
}
