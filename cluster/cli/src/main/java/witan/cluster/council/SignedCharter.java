package witan.cluster.council;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import witan.cluster.StartException;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.common.Address;
import witan.domain.common.Digest;

/**
 * A founder's signature in a file, on its way to who founds the council.
 *
 * @param charterHash of the charter that was signed, so that another is told from a broken one
 */
record SignedCharter(Digest charterHash, Address founder, String signature) {
  private static final Limits LIMITS = Limits.ofBytes(4096);

  static SignedCharter read(Path file) throws IOException {
    try {
      return Json.read(SignedCharter.class, Json.parse(Files.readAllBytes(file), LIMITS));
    } catch (NoSuchFileException e) {
      throw new StartException("there is no file " + file);
    } catch (JsonRefused e) {
      throw new StartException(
          file + " is no signature of 'council sign': " + e.refusal().message());
    }
  }
}
