package witan.cluster.vote;

import java.io.IOException;
import java.nio.file.Path;
import witan.cluster.StartException;
import witan.secret.SecretFile;
import witan.signing.MemberKey;

/** A voter's secp256k1 key: a {@link SecretFile} of 64 hexadecimal digits. */
public final class KeyFile {
  private static final int MOST_BYTES = 200;

  private KeyFile() {}

  /**
   * Refuses, without ever saying what is in it, a file that holds no key or that others may read.
   */
  public static MemberKey read(Path file) throws IOException {
    String digits = SecretFile.text(file, MOST_BYTES);
    try {
      return MemberKey.read(digits);
    } catch (IllegalArgumentException e) {
      throw new StartException(file + " holds no key: 64 hexadecimal digits are expected");
    }
  }
}
