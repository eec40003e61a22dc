package witan.chain.anchor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.web3j.crypto.Credentials;

/** The secp256k1 key that signs anchors. It can stall anchoring or waste gas, not forge a log. */
public final class AnchorKey {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

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
   * @throws IllegalArgumentException if the file holds no key or others may read it
   * @throws UncheckedIOException if it cannot be read or made
   */
  public static AnchorKey loadOrCreate(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
        throw new IllegalArgumentException(file + " must be readable by its owner only (0600)");
      }
      return of(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void create(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    byte[] text = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
    Path temporary =
        Files.createTempFile(
            folder, ".anchor-key", null, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(text);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      // A link, unlike a rename, never replaces a key that another process made meanwhile.
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException lostTheRace) {
      return;
    } finally {
      Files.delete(temporary);
    }
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /** {@code 0x} and 40 lower-case digits. */
  public String address() {
    return credentials.getAddress();
  }

  Credentials credentials() {
    return credentials;
  }
}
