package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;
import witan.domain.playbook.K8sAction;

/**
 * Deletes or evicts one pod, by its UID. The UID stands in the intent: after a crash a pod of the
 * same name is another pod.
 */
record RemovePod(boolean evict) implements Action {
  static final String PINNED_UID = K8sAction.PIN_UID;
  static final KubernetesRequest POLICY_VERSIONS = KubernetesRequest.get("/apis/policy");

  @Override
  public List<KubernetesRequest> lookups(Order order) {
    return evict ? List.of(POLICY_VERSIONS) : List.of();
  }

  @Override
  public List<Change> changes(Order order, List<Reply> found) {
    String path = ObjectPath.of(order.target());
    String uid = order.parameter(PINNED_UID);
    return List.of(
        evict ? new Removal(path, uid, evictionVersion(found.get(0))) : new Removal(path, uid, ""));
  }

  @Override
  public Optional<KubernetesRequest> pinRead(Order order) {
    return Optional.of(KubernetesRequest.get(ObjectPath.of(order.target())));
  }

  @Override
  public Map<String, String> pins(Reply read) {
    return read.status() == 200 ? Map.of(PINNED_UID, read.uid()) : Map.of();
  }

  /** Servers from 1.22 on take {@code policy/v1}; before, only the beta. */
  static String evictionVersion(Reply group) {
    for (JsonNode version : group.json().path("versions")) {
      if (version.path("version").asText().equals("v1")) {
        // 1.21 serves the group but not its evictions; the beta went with 1.25.
        boolean beta = group.json().path("versions").size() > 1;
        return beta ? "policy/v1beta1" : "policy/v1";
      }
    }
    return group.json().has("versions") ? "policy/v1beta1" : "policy/v1";
  }

  /**
   * Of the pod with that UID.
   *
   * @param eviction API version of the eviction; empty for a plain delete
   */
  record Removal(String path, String uid, String eviction) implements Change {
    /** A pod that is going away counts as gone: how long it takes is its own affair. */
    @Override
    public boolean applied(Reply read) {
      return !uid.isEmpty()
          && (read.status() == 404
              || !read.uid().equals(uid)
              || read.json().path("metadata").has("deletionTimestamp"));
    }

    @Override
    public Optional<String> refuse(Reply read) {
      return uid.isEmpty()
          ? Optional.of("there was no such pod when the step was intended")
          : Optional.empty();
    }

    @Override
    public KubernetesRequest write(Reply read) {
      ObjectNode options = Patches.object();
      options.putObject("preconditions").put("uid", uid);
      if (eviction.isEmpty()) {
        options.put("apiVersion", "v1").put("kind", "DeleteOptions");
        return KubernetesRequest.send("DELETE", path, Map.of(), "application/json", options);
      }
      ObjectNode body = Patches.object().put("apiVersion", eviction).put("kind", "Eviction");
      body.putObject("metadata").put("name", path.substring(path.lastIndexOf('/') + 1));
      body.set("deleteOptions", options);
      return KubernetesRequest.send("POST", path + "/eviction", Map.of(), "application/json", body);
    }
  }
}
