package witan.cluster.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;
import witan.actors.log.LogKey;
import witan.actors.node.RuntimeSettings;
import witan.cluster.StartException;
import witan.codec.event.PseudonymKey;
import witan.http.auth.TokenKey;
import witan.log.checkpoint.NoteException;
import witan.log.checkpoint.NoteKey;
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

  /**
   * The log's key: held on log nodes, whose public half the others are given.
   *
   * @throws StartException naming the file that is missing or is no such key
   */
  LogKey log(RuntimeSettings settings, boolean held) throws IOException {
    String origin = settings.currentOrigin();
    Path known = settings.publicKeyFile();
    if (!held) {
      return LogKey.known(publicKey(known));
    }
    byte[] pkcs8 =
        read(
            settings.keyFile(),
            () -> NoteSigner.generate(origin, new SecureRandom()).pkcs8(),
            "witan.log.key-file");
    NoteSigner signer = NoteSigner.ofPkcs8(origin, pkcs8);
    if (create) {
      SecretFile.createIfMissing(
          known, () -> (signer.key().vkey() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return LogKey.held(signer);
  }

  private static NoteKey publicKey(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new StartException(
          "no public key of the log at "
              + file.toAbsolutePath()
              + " (witan.log.public-key-file): a node without the role log needs it; GET /v1/trust"
              + " tells it as logKey, to be compared with what the log's operators say");
    }
    try {
      return NoteKey.parse(Files.readString(file).strip());
    } catch (NoteException e) {
      throw new StartException(
          "witan.log.public-key-file: " + file.toAbsolutePath() + ": " + e.getMessage());
    }
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

  TokenKey token(Path file) throws IOException {
    byte[] key = read(file, NodeKeys::randomText, "witan.http.token-key-file");
    return new TokenKey(key);
  }

  PseudonymKey pseudonyms(Path file) throws IOException {
    return new PseudonymKey(read(file, NodeKeys::randomText, "witan.http.pseudonym-key-file"));
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
