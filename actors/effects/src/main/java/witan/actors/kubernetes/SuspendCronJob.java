package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;

/** No further runs; one that runs goes on. Servers before 1.21 know CronJobs as beta only. */
final class SuspendCronJob implements SpecField {
  private String version = "v1";

  @Override
  public List<KubernetesRequest> lookups(Order order) {
    return List.of(KubernetesRequest.get("/apis/batch/v1"));
  }

  @Override
  public void found(List<Reply> replies) {
    JsonNode resources = replies.get(0).json().path("resources");
    boolean beta = resources.isArray();
    for (JsonNode resource : resources) {
      beta = beta && !resource.path("name").asText().equals("cronjobs");
    }
    version = beta ? "v1beta1" : "v1";
  }

  @Override
  public String path(Order order) {
    return ObjectPath.of(order.target()).replace("/apis/batch/v1/", "/apis/batch/" + version + "/");
  }

  @Override
  public String field() {
    return "suspend";
  }

  @Override
  public JsonNode value() {
    return BooleanNode.TRUE;
  }
}
