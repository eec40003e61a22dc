package witan.cluster.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;
import witan.cluster.StartException;
import witan.http.auth.TokenKey;
import witan.log.checkpoint.NoteSigner;
import witan.secret.SecretFile;
import witan.secret.SecretRefused;

/**
 * The node's secrets, each in a {@link SecretFile} of its own. A missing one is made only where the
 * settings allow it: a new log key would be a new log.
 */
public final class NodeKeys {
  private static final int TOKEN_KEY_BYTES = 48;
  private static final int MOST_BYTES = 4096;

  private final boolean create;

  NodeKeys(boolean create) {
    this.create = create;
  }

  NoteSigner log(Path file, String origin) throws IOException {
    byte[] pkcs8 =
        read(
            file,
            () -> NoteSigner.generate(origin, new SecureRandom()).pkcs8(),
            "witan.log.key-file");
    return NoteSigner.ofPkcs8(origin, pkcs8);
  }

  /** Whose name says whom executors and auditors are to believe. */
  NoteSigner executor(Path file, String name) throws IOException {
    byte[] pkcs8 =
        read(
            file,
            () -> NoteSigner.generate(name, new SecureRandom()).pkcs8(),
            "witan.execution.key-file");
    return NoteSigner.ofPkcs8(name, pkcs8);
  }

  /** What a sensor signs its alerts with; made where there is none. */
  public static NoteSigner sensor(Path file, String name) throws IOException {
    byte[] pkcs8 =
        new NodeKeys(true)
            .read(file, () -> NoteSigner.generate(name, new SecureRandom()).pkcs8(), "--sign-key");
    return NoteSigner.ofPkcs8(name, pkcs8);
  }

  TokenKey token(Path file) throws IOException {
    byte[] key = read(file, NodeKeys::randomText, "witan.http.token-key-file");
    return new TokenKey(key);
  }

  private static byte[] randomText() {
    byte[] random = new byte[TOKEN_KEY_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encode(random);
  }

  private byte[] read(Path file, Supplier<byte[]> fresh, String setting) throws IOException {
    if (create) {
      SecretFile.createIfMissing(file, fresh);
    } else if (!Files.exists(file)) {
      throw new StartException(
          "%s: there is no file %s (witan.node.create-keys makes one)"
              .formatted(setting, file.toAbsolutePath()));
    }
    try {
      return SecretFile.read(file, MOST_BYTES);
    } catch (SecretRefused e) {
      throw new StartException(setting + ": " + e.getMessage());
    }
  }
}
