package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON for merge patches (RFC 7396). */
final class Patches {
  private Patches() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** {@code {"first": {"second": value}}}; a missing value becomes null, which removes. */
  static ObjectNode set(String first, String second, JsonNode value) {
    ObjectNode patch = object();
    patch.putObject(first).set(second, orNull(value));
    return patch;
  }

  static JsonNode orNull(JsonNode value) {
    return value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
  }

  /** {@code {"value": value}}, null where there is none: a captured pre-state. */
  static ObjectNode captured(JsonNode value) {
    ObjectNode before = object();
    before.set("value", orNull(value));
    return before;
  }

  /** The patch that makes the one into the other; lists are replaced whole. */
  static ObjectNode difference(JsonNode from, JsonNode to) {
    ObjectNode patch = object();
    to.properties()
        .forEach(
            e -> {
              JsonNode old = from.path(e.getKey());
              if (old.isObject() && e.getValue().isObject()) {
                ObjectNode inner = difference(old, e.getValue());
                if (!inner.isEmpty()) {
                  patch.set(e.getKey(), inner);
                }
              } else if (!old.equals(e.getValue())) {
                patch.set(e.getKey(), e.getValue());
              }
            });
    from.fieldNames()
        .forEachRemaining(
            name -> {
              if (!to.has(name)) {
                patch.putNull(name);
              }
            });
    return patch;
  }
}
