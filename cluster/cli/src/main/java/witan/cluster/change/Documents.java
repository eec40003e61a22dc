package witan.cluster.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import witan.cluster.StartException;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.governance.Policy;

/** JSON files that a person wrote. */
final class Documents {
  private static final int MOST_BYTES = 256 << 10;

  private Documents() {}

  static JsonNode read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new StartException("there is no file " + file);
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new StartException(file + " has more than " + MOST_BYTES + " bytes");
    }
    try {
      return Json.parse(Files.readAllBytes(file), Limits.DEFAULT);
    } catch (JsonRefused e) {
      throw new StartException(file + ": " + e.getMessage());
    }
  }

  /** A record from a file. */
  static <T> T read(Class<T> type, Path file) throws IOException {
    try {
      return Json.read(type, read(file));
    } catch (JsonRefused | IllegalArgumentException e) {
      throw new StartException(file + ": " + e.getMessage());
    }
  }

  /** A policy by itself, or with its digest as the API shows it. */
  static Policy policy(Path file) throws IOException {
    JsonNode node = read(file);
    try {
      return Json.read(Policy.class, node.path("policy").isObject() ? node.path("policy") : node);
    } catch (JsonRefused | IllegalArgumentException e) {
      throw new StartException(file + ": " + e.getMessage());
    }
  }
}
