package witan.answers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;

/** Answers as JSON, and back. Thread-safe. */
public final class Answers {
  private static final ObjectMapper MAPPER =
      Json.mapper().copy().registerModule(new AnswerModule());

  private Answers() {}

  /** JSON on one line, names in the order of the record. */
  public static String text(Object answer) {
    try {
      return MAPPER.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer of our own that is no JSON", e);
    }
  }

  /** The same as a document. */
  public static JsonNode node(Object answer) {
    return MAPPER.valueToTree(answer);
  }

  /**
   * An answer of a node, which may be newer than its reader: names that are not known are passed
   * over.
   *
   * @throws JsonRefused where it is no such answer
   */
  public static <T> T read(Class<T> type, JsonNode answer) {
    try {
      return MAPPER.treeToValue(answer, type);
    } catch (JsonProcessingException e) {
      throw new JsonRefused(
          "json_bad_value",
          "no " + type.getSimpleName() + ": " + e.getOriginalMessage(),
          "Ask a node of the same release.");
    }
  }
}
