package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;
import witan.domain.playbook.K8sAction;

/**
 * Cordons the node under the step's fence, then evicts what it saw there, pod by pod and by UID.
 * Pods of DaemonSets would come back, and static pods are not the API's: both stay, and so do those
 * that have ended.
 */
record Drain() implements Action {
  private static final int LIMIT = 500;

  @Override
  public List<KubernetesRequest> lookups(Order order) {
    return List.of(
        RemovePod.POLICY_VERSIONS,
        KubernetesRequest.get(
            "/api/v1/pods",
            Map.of(
                "fieldSelector",
                "spec.nodeName=" + order.target().name(),
                "limit",
                String.valueOf(LIMIT))));
  }

  @Override
  public List<Change> changes(Order order, List<Reply> found) {
    List<Change> changes = new ArrayList<>();
    changes.add(Marked.change(K8sAction.DRAIN_NODE, new Cordon(), order));
    String version = RemovePod.evictionVersion(found.get(0));
    for (JsonNode pod : found.get(1).json().path("items")) {
      if (movable(pod)) {
        JsonNode metadata = pod.path("metadata");
        String path =
            ObjectPath.pod(metadata.path("namespace").asText(), metadata.path("name").asText());
        changes.add(new RemovePod.Removal(path, metadata.path("uid").asText(), version));
      }
    }
    return changes;
  }

  /** A list that was cut short counts as more than any limit. */
  @Override
  public long pods(Order order, List<Reply> found) {
    if (found.get(1).partial()) {
      return Long.MAX_VALUE;
    }
    long pods = 0;
    for (JsonNode pod : found.get(1).json().path("items")) {
      pods += movable(pod) ? 1 : 0;
    }
    return pods;
  }

  @Override
  public Optional<String> refuse(Order order) {
    return Optional.empty();
  }

  private static boolean movable(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    String phase = pod.path("status").path("phase").asText();
    boolean stays =
        metadata.path("annotations").has("kubernetes.io/config.mirror")
            || metadata.has("deletionTimestamp")
            || phase.equals("Succeeded")
            || phase.equals("Failed");
    for (JsonNode owner : metadata.path("ownerReferences")) {
      stays = stays || owner.path("kind").asText().equals("DaemonSet");
    }
    return !stays;
  }
}
