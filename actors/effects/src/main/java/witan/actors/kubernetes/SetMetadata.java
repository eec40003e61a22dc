package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import witan.domain.execution.Order;

/** One label or annotation. */
record SetMetadata(String field, String keyParameter) implements Marked.Effect {
  static SetMetadata label() {
    return new SetMetadata("labels", "label");
  }

  static SetMetadata annotation() {
    return new SetMetadata("annotations", "annotation");
  }

  @Override
  public String what(Order order) {
    return key(order);
  }

  @Override
  public Optional<String> refuse(Order order, JsonNode object) {
    boolean ours = field.equals("annotations") && key(order).startsWith(Marks.DOMAIN);
    return ours
        ? Optional.of("annotations of " + Marks.DOMAIN + " are the product's own")
        : Optional.empty();
  }

  @Override
  public JsonNode before(Order order, JsonNode object) {
    return Patches.captured(value(order, object));
  }

  @Override
  public ObjectNode change(Order order, JsonNode object) {
    return patch(order, TextNode.valueOf(order.parameter("value")));
  }

  @Override
  public boolean changed(Order order, JsonNode object, JsonNode before) {
    JsonNode value = value(order, object);
    return value.isTextual() && value.asText().equals(order.parameter("value"));
  }

  @Override
  public ObjectNode restore(Order order, JsonNode object, JsonNode before) {
    return patch(order, before.path("value"));
  }

  private ObjectNode patch(Order order, JsonNode value) {
    ObjectNode patch = Patches.object();
    patch.set("metadata", Patches.set(field, key(order), value));
    return patch;
  }

  private JsonNode value(Order order, JsonNode object) {
    return object.path("metadata").path(field).path(key(order));
  }

  private String key(Order order) {
    return order.parameter(keyParameter);
  }
}
