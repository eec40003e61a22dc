package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/** One label or annotation. */
record SetMetadata(String field, String keyParameter) implements Marked.Effect {
  static SetMetadata label() {
    return new SetMetadata("labels", "label");
  }

  static SetMetadata annotation() {
    return new SetMetadata("annotations", "annotation");
  }

  @Override
  public String what(ActionOrder order) {
    return key(order);
  }

  @Override
  public Optional<String> refuse(ActionOrder order, JsonNode object) {
    boolean ours = field.equals("annotations") && key(order).startsWith(Marks.DOMAIN);
    return ours
        ? Optional.of("annotations of " + Marks.DOMAIN + " are the product's own")
        : Optional.empty();
  }

  @Override
  public JsonNode before(ActionOrder order, JsonNode object) {
    return Patches.captured(value(order, object));
  }

  @Override
  public ObjectNode change(ActionOrder order, JsonNode object) {
    return patch(order, TextNode.valueOf(order.parameter("value")));
  }

  @Override
  public boolean changed(ActionOrder order, JsonNode object, JsonNode before) {
    JsonNode value = value(order, object);
    return value.isTextual() && value.asText().equals(order.parameter("value"));
  }

  @Override
  public ObjectNode restore(ActionOrder order, JsonNode object, JsonNode before) {
    return patch(order, before.path("value"));
  }

  private ObjectNode patch(ActionOrder order, JsonNode value) {
    ObjectNode patch = Patches.object();
    patch.set("metadata", Patches.set(field, key(order), value));
    return patch;
  }

  private JsonNode value(ActionOrder order, JsonNode object) {
    return object.path("metadata").path(field).path(key(order));
  }

  private String key(ActionOrder order) {
    return order.parameter(keyParameter);
  }
}
