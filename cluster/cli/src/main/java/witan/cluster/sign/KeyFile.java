package witan.cluster.sign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import witan.cluster.StartException;
import witan.secret.SecretFile;
import witan.signing.MemberKey;

/** A voter's secp256k1 key: a {@link SecretFile} of 64 hexadecimal digits. */
public final class KeyFile {
  private static final int MOST_BYTES = 200;
  private static final int MOST_DRAWS = 100;

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

  /** Makes a key in a new file; what is there already is refused, whatever it is. */
  public static MemberKey create(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new StartException(
          file + " is there already, and no key is ever replaced: name another file");
    }
    String digits = digits(new SecureRandom());
    SecretFile.createIfMissing(file, () -> (digits + "\n").getBytes(StandardCharsets.US_ASCII));
    MemberKey made = read(file);
    // Of two that make it at once, one finds the other's.
    if (!made.address().equals(MemberKey.read(digits).address())) {
      throw new StartException(file + " was made by another program meanwhile: name another file");
    }
    return made;
  }

  /** Almost every 32 bytes are a key; the few that are none are drawn again. */
  private static String digits(SecureRandom random) {
    byte[] bytes = new byte[32];
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      random.nextBytes(bytes);
      String digits = HexFormat.of().formatHex(bytes);
      if (isKey(digits)) {
        return digits;
      }
    }
    throw new IllegalStateException("the machine's randomness gives no key");
  }

  private static boolean isKey(String digits) {
    try {
      MemberKey.read(digits);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
