package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Effects that set one field of the spec to one value. */
interface SpecField extends Marked.Effect {
  String field();

  JsonNode value();

  @Override
  default JsonNode before(ActionOrder order, JsonNode object) {
    return Patches.captured(object.path("spec").path(field()));
  }

  @Override
  default ObjectNode change(ActionOrder order, JsonNode object) {
    return Patches.set("spec", field(), value());
  }

  @Override
  default boolean changed(ActionOrder order, JsonNode object, JsonNode before) {
    return object.path("spec").path(field()).equals(value());
  }

  @Override
  default ObjectNode restore(ActionOrder order, JsonNode object, JsonNode before) {
    return Patches.set("spec", field(), before.path("value"));
  }
}
