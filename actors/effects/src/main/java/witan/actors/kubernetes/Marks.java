package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.execution.Order;

/**
 * What an effect leaves on the object: which step holds it, what was there before, and which steps
 * were taken back. So the object itself says whether a repeat has been done, whether a late one
 * comes too late, and how it was.
 *
 * @param slot one per kind of effect on an object
 */
record Marks(String slot) {
  static final String DOMAIN = "witan.org/";
  static final String CASE = DOMAIN + "case";
  static final String FIELD_MANAGER = "witan";

  /** A case that takes the same effect back more often than that is not remembered whole. */
  private static final int MAX_UNDONE = 16;

  /** More than that is not put into an annotation; Kubernetes allows 256 KiB for all of them. */
  static final int MAX_BEFORE = 100 * 1024;

  /** A slot of its own for each value of the parameter that says what is changed. */
  static Marks of(String action, String what) {
    String hash =
        what.isEmpty() ? "" : "-" + HexFormat.of().formatHex(Hashes.sha256(Hashes.utf8(what)));
    return new Marks(action + hash.substring(0, Math.min(9, hash.length())));
  }

  String holder(JsonNode object) {
    return annotation(object, DOMAIN + slot);
  }

  boolean undone(JsonNode object, String fence) {
    return List.of(annotation(object, undoneKey()).split(",", -1)).contains(fence);
  }

  /** As it was captured; missing where the effect is not there. */
  JsonNode before(JsonNode object) {
    String text = annotation(object, DOMAIN + slot + ".before");
    return text.isEmpty()
        ? MissingNode.getInstance()
        : Json.parse(Hashes.utf8(text), Limits.DEFAULT);
  }

  void hold(ObjectNode annotations, Order order, JsonNode before) {
    annotations.put(CASE, order.caseId().value());
    annotations.put(DOMAIN + slot, order.fence());
    annotations.put(DOMAIN + slot + ".before", text(before));
  }

  /** Lets go where the fence holds the object; remembers the fence in any case. */
  void release(ObjectNode annotations, JsonNode object, String fence) {
    if (holder(object).equals(fence)) {
      annotations.set(DOMAIN + slot, null);
      annotations.set(DOMAIN + slot + ".before", null);
    }
    List<String> undone = new ArrayList<>(List.of(annotation(object, undoneKey()).split(",", -1)));
    undone.remove("");
    undone.add(fence);
    int from = Math.max(0, undone.size() - MAX_UNDONE);
    annotations.set(
        undoneKey(), TextNode.valueOf(String.join(",", undone.subList(from, undone.size()))));
  }

  static String text(JsonNode before) {
    return new String(Json.canonical(before), StandardCharsets.UTF_8);
  }

  static String annotation(JsonNode object, String name) {
    return object.path("metadata").path("annotations").path(name).asText();
  }

  private String undoneKey() {
    return DOMAIN + slot + ".undone";
  }
}
