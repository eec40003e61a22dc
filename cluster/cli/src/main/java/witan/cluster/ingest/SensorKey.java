package witan.cluster.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import witan.cluster.StartException;
import witan.log.checkpoint.NoteSigner;
import witan.secret.SecretFile;
import witan.secret.SecretRefused;

/** What a sensor signs its alerts with, in a {@link SecretFile}. */
final class SensorKey {
  private static final int MOST_BYTES = 4096;

  private SensorKey() {}

  /**
   * The key in the file, which is made where there is none.
   *
   * @param name of the sensor
   * @throws StartException naming the option, if the file is refused
   */
  static NoteSigner read(Path file, String name) throws IOException {
    SecretFile.createIfMissing(file, () -> NoteSigner.generate(name, new SecureRandom()).pkcs8());
    try {
      return NoteSigner.ofPkcs8(name, SecretFile.read(file, MOST_BYTES));
    } catch (SecretRefused e) {
      throw new StartException("--sign-key: " + e.getMessage());
    }
  }
}
