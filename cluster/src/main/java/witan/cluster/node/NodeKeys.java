package witan.cluster.node;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;
import witan.cluster.StartException;
import witan.codec.event.PseudonymKey;
import witan.http.auth.TokenKey;
import witan.log.checkpoint.NoteSigner;

/**
 * The node's secrets, each in a file of its own, mode 0600. A missing one is made only where the
 * settings allow it: a new log key would be a new log.
 */
public final class NodeKeys {
  private static final int TOKEN_KEY_BYTES = 48;

  private final boolean create;

  NodeKeys(boolean create) {
    this.create = create;
  }

  NoteSigner log(Path file, String origin) throws IOException {
    byte[] pkcs8 = read(file, () -> NoteSigner.generate(origin, new SecureRandom()).pkcs8(), "log");
    return NoteSigner.ofPkcs8(origin, pkcs8);
  }

  /** Whose name says whom executors and auditors are to believe. */
  NoteSigner executor(Path file, String name) throws IOException {
    byte[] pkcs8 =
        read(file, () -> NoteSigner.generate(name, new SecureRandom()).pkcs8(), "executor");
    return NoteSigner.ofPkcs8(name, pkcs8);
  }

  /** What a sensor signs its alerts with; made where there is none. */
  public static NoteSigner sensor(Path file, String name) throws IOException {
    byte[] pkcs8 =
        new NodeKeys(true)
            .read(file, () -> NoteSigner.generate(name, new SecureRandom()).pkcs8(), "sensor");
    return NoteSigner.ofPkcs8(name, pkcs8);
  }

  TokenKey token(Path file) throws IOException {
    byte[] key = read(file, NodeKeys::randomText, "token");
    return new TokenKey(key);
  }

  PseudonymKey pseudonyms(Path file) throws IOException {
    return new PseudonymKey(read(file, NodeKeys::randomText, "pseudonym"));
  }

  private static byte[] randomText() {
    byte[] random = new byte[TOKEN_KEY_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encode(random);
  }

  private byte[] read(Path file, Supplier<byte[]> fresh, String what) throws IOException {
    if (!Files.exists(file) && create) {
      write(file, fresh.get());
    }
    if (!Files.isReadable(file)) {
      throw new StartException(
          "no "
              + what
              + " key at "
              + file.toAbsolutePath()
              + " (witan.node.create-keys makes one)");
    }
    return Files.readAllBytes(file);
  }

  /** Whole or not at all; whoever comes second takes the first one's. */
  private static void write(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path temporary =
        Files.createTempFile(
            folder,
            "key",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(temporary, bytes);
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      // Another process was first.
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
