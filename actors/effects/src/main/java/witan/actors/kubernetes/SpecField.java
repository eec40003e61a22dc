package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import witan.domain.execution.Order;

/** Effects that set one field of the spec to one value. */
interface SpecField extends Marked.Effect {
  String field();

  JsonNode value();

  @Override
  default JsonNode before(Order order, JsonNode object) {
    return Patches.captured(object.path("spec").path(field()));
  }

  @Override
  default ObjectNode change(Order order, JsonNode object) {
    return Patches.set("spec", field(), value());
  }

  @Override
  default boolean changed(Order order, JsonNode object, JsonNode before) {
    return object.path("spec").path(field()).equals(value());
  }

  @Override
  default ObjectNode restore(Order order, JsonNode object, JsonNode before) {
    return Patches.set("spec", field(), before.path("value"));
  }
}
