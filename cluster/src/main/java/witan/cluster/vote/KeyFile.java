package witan.cluster.vote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import witan.cluster.StartException;
import witan.signing.MemberKey;

/** A voter's secp256k1 key: a file of 64 hexadecimal digits that only its owner may read. */
final class KeyFile {
  private static final int MOST_BYTES = 200;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private KeyFile() {}

  /**
   * Refuses, without ever saying what is in it, a file that holds no key or that others may read.
   */
  static MemberKey read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new StartException("no key file at " + file);
    }
    if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw new StartException(
          "others than you may read or write " + file + "; do 'chmod 600 " + file + "'");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw notAKey(file);
    }
    try {
      return MemberKey.read(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    } catch (IllegalArgumentException e) {
      throw notAKey(file);
    }
  }

  private static StartException notAKey(Path file) {
    return new StartException(file + " holds no key: 64 hexadecimal digits are expected");
  }
}
