package witan.cluster.council;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import witan.cluster.StartException;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.common.Refusal;
import witan.domain.registry.Charter;
import witan.domain.registry.CharterRules;

/**
 * A charter in a file that people edit and pass on. Durations may be spelled in any usual way; what
 * is hashed, signed and sent is the one canonical spelling, so that every founder comes to the same
 * hash.
 */
final class CharterFile {
  /** As much as one entry of the log may have. */
  private static final Limits LIMITS = Limits.ofBytes(128 << 10);

  private static final List<String> OF_POLICIES =
      List.of("window", "lateQuorumExtension", "minimumHolding");
  private static final List<String> OF_GUARDIANS = List.of("guardianWindow", "councilWindow");

  private CharterFile() {}

  /** Refuses, naming file and place, what is no charter or breaks the rules of charters. */
  static Charter read(Path file) throws IOException {
    try {
      JsonNode json = Json.parse(bytes(file), LIMITS);
      json.path("policies").forEach(policy -> spell(policy, OF_POLICIES));
      spell(json.path("guardians"), OF_GUARDIANS);
      Charter charter = Json.read(Charter.class, json);
      require(file, charter);
      return charter;
    } catch (JsonRefused | IllegalArgumentException e) {
      throw new StartException(file + " is no charter: " + reason(e));
    }
  }

  private static String reason(RuntimeException e) {
    return e instanceof JsonRefused refused
        ? refused.refusal().message()
        : String.valueOf(e.getMessage());
  }

  /** The council would refuse it as well, but after everybody has signed. */
  static void require(Path file, Charter charter) {
    CharterRules.problemOfNew(charter)
        .map(Refusal::message)
        .ifPresent(
            problem -> {
              throw new StartException(file + " founds no council: " + problem);
            });
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new StartException("there is no file " + file);
    }
  }

  private static void spell(JsonNode holder, List<String> durations) {
    for (String name : durations) {
      if (holder instanceof ObjectNode object && object.path(name) instanceof TextNode text) {
        try {
          object.put(name, Durations.parse(text.textValue()).toString());
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
      }
    }
  }

  /** Writes a new file; one that is there is never replaced. */
  static void write(Path file, Charter charter) throws IOException {
    String text = Json.node(charter).toPrettyString() + "\n";
    writeNew(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static void writeNew(Path file, byte[] bytes) throws IOException {
    try {
      Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new StartException(file + " is there already; name another file with --out");
    } catch (NoSuchFileException e) {
      throw new StartException("there is no folder for " + file);
    }
  }
}
