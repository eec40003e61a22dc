package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

/** No new pods on the node. */
record Cordon() implements SpecField {
  @Override
  public String field() {
    return "unschedulable";
  }

  @Override
  public JsonNode value() {
    return BooleanNode.TRUE;
  }
}
