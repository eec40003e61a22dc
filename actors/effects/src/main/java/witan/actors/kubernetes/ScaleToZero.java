package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.List;
import witan.domain.execution.Order;

/**
 * Patches the replicas of the object itself. A PUT of the scale subresource would conflict with the
 * controller, and cannot carry a fence. An autoscaler leaves a workload of zero replicas alone.
 */
record ScaleToZero() implements SpecField {
  @Override
  public String field() {
    return "replicas";
  }

  @Override
  public JsonNode value() {
    return IntNode.valueOf(0);
  }

  @Override
  public List<KubernetesRequest> lookups(Order order) {
    return List.of(KubernetesRequest.get(path(order)));
  }

  @Override
  public long pods(Order order, List<Reply> found) {
    return found.get(0).json().path("spec").path("replicas").asLong();
  }
}
