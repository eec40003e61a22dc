package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;

/** One NetworkPolicy that a case wants. It is shared by the steps of the case. */
record PolicyChange(Marks marks, Order order, Policies.Wanted wanted) implements Change {
  static final String RETIRED = Marks.DOMAIN + "retired";

  @Override
  public String path() {
    return collection(order) + "/" + wanted.name();
  }

  static String collection(Order order) {
    return ObjectPath.networkPolicies(order.namespace());
  }

  @Override
  public Reply assumed() {
    return Reply.none();
  }

  @Override
  public boolean applied(Reply read) {
    return read.status() == 200
        && Marks.annotation(read.json(), Marks.CASE).equals(order.caseId().value())
        && !marks.undone(read.json(), order.fence())
        && Policies.same(read.json().path("spec"), wanted.spec());
  }

  @Override
  public Optional<String> refuse(Reply read) {
    String holder = Marks.annotation(read.json(), Marks.CASE);
    if (read.status() == 404) {
      return Optional.empty();
    }
    if (marks.undone(read.json(), order.fence())) {
      return Optional.of("stale fence: this effect was taken back");
    }
    return holder.equals(order.caseId().value())
        ? Optional.empty()
        : Optional.of(
            holder.isEmpty()
                ? "there is a policy of that name that is not ours"
                : "the policy is held by case " + holder);
  }

  @Override
  public KubernetesRequest write(Reply read) {
    ObjectNode policy = policy();
    if (read.status() == 404) {
      return KubernetesRequest.send(
          "POST",
          collection(order),
          Map.of("fieldManager", Marks.FIELD_MANAGER),
          "application/json",
          policy);
    }
    JsonNode retired = read.json().path("metadata").path("labels").path(RETIRED);
    ObjectNode metadata = policy.withObjectProperty("metadata");
    metadata.put("uid", read.uid());
    metadata.put("resourceVersion", read.resourceVersion());
    // What we retired ourselves we may take up again; what somebody else changed we may not.
    return KubernetesRequest.send(
        "PATCH",
        path(),
        Map.of(
            "fieldManager", Marks.FIELD_MANAGER, "force", String.valueOf(!retired.isMissingNode())),
        "application/apply-patch+yaml",
        policy);
  }

  private ObjectNode policy() {
    ObjectNode policy = Patches.object();
    policy.put("apiVersion", "networking.k8s.io/v1").put("kind", "NetworkPolicy");
    ObjectNode metadata = policy.putObject("metadata");
    metadata.put("name", wanted.name()).put("namespace", order.namespace());
    metadata
        .putObject("annotations")
        .put(Marks.CASE, order.caseId().value())
        .put(Marks.DOMAIN + marks.slot(), order.fence());
    policy.set("spec", wanted.spec());
    return policy;
  }
}
