package witan.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import witan.codec.json.Json;
import witan.codec.json.Limits;

/**
 * Bodies as people and their tools send them. Hexadecimal is one value in several spellings: with
 * {@code 0x} or without, in either case. It is read as one, so that the same statement in another
 * spelling is the same statement: a ballot is known again by the text of its signature.
 */
public final class Posted {
  /** Names of members that hold a signature of a member's key. */
  private static final Set<String> SIGNED = Set.of("signature", "acknowledgement");

  private static final Pattern SIGNATURE = Pattern.compile("(0[xX])?[0-9a-fA-F]{130}");

  private Posted() {}

  /**
   * A record from a body; refused as {@link Json#read(Class, byte[])} refuses.
   *
   * @param exact members whose own bytes are hashed and signed: these have one spelling
   */
  public static <T> T read(Class<T> type, byte[] body, String... exact) {
    return read(type, Json.parse(body, Limits.DEFAULT), exact);
  }

  /** The same of a document, which is then in the spelling of the council. */
  public static <T> T read(Class<T> type, JsonNode document, String... exact) {
    Set<String> hashed = Set.of(exact);
    if (document instanceof ObjectNode posted) {
      for (String name : names(posted)) {
        if (!hashed.contains(name)) {
          respell(posted, name);
        }
      }
    }
    return Json.readPosted(type, document, hashed);
  }

  private static void respell(ObjectNode parent, String name) {
    JsonNode value = parent.path(name);
    if (SIGNED.contains(name) && value.isTextual()) {
      parent.put(name, canonical(value.textValue()));
    } else {
      respell(value);
    }
  }

  private static void respell(JsonNode value) {
    if (value instanceof ObjectNode inner) {
      names(inner).forEach(name -> respell(inner, name));
    } else {
      value.forEach(Posted::respell);
    }
  }

  private static List<String> names(ObjectNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** What is no signature stays as it is, and is refused where it is verified. */
  private static String canonical(String signature) {
    if (!SIGNATURE.matcher(signature).matches()) {
      return signature;
    }
    String lower = signature.toLowerCase(Locale.ROOT);
    return lower.startsWith("0x") ? lower : "0x" + lower;
  }
}
