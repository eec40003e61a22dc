package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import witan.domain.execution.Order;

/** Lets a NetworkPolicy select nothing, for good as far as this fence goes. */
record PolicyRetirement(Marks marks, Order order, Policies.Wanted wanted) implements Change {
  @Override
  public String path() {
    return PolicyChange.collection(order) + "/" + wanted.name();
  }

  @Override
  public boolean applied(Reply read) {
    return read.status() == 200 && marks.undone(read.json(), order.undoes());
  }

  @Override
  public Optional<String> refuse(Reply read) {
    String holder = Marks.annotation(read.json(), Marks.CASE);
    if (order.undoes().isEmpty()) {
      return Optional.of("it is not said which effect is to be taken back");
    }
    return read.status() == 404 || holder.equals(order.caseId().value())
        ? Optional.empty()
        : Optional.of("the policy is not this case's");
  }

  /** Where there is none, one that is retired from the start: a late request finds it. */
  @Override
  public KubernetesRequest write(Reply read) {
    ObjectNode patch = Patches.object();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.putObject("labels").put(PolicyChange.RETIRED, "true");
    ObjectNode annotations = metadata.putObject("annotations");
    annotations.put(Marks.CASE, order.caseId().value());
    marks.release(annotations, read.json(), order.undoes());
    ObjectNode spec = patch.putObject("spec");
    spec.putObject("podSelector").putObject("matchLabels").put(PolicyChange.RETIRED, "nothing");
    if (read.status() == 404) {
      patch.put("apiVersion", "networking.k8s.io/v1").put("kind", "NetworkPolicy");
      metadata.put("name", wanted.name());
      spec.set("policyTypes", wanted.spec().path("policyTypes"));
      return KubernetesRequest.send(
          "POST",
          PolicyChange.collection(order),
          Map.of("fieldManager", Marks.FIELD_MANAGER),
          "application/json",
          patch);
    }
    metadata.put("uid", read.uid()).put("resourceVersion", read.resourceVersion());
    // A merge patch would keep the labels that were selected before.
    read.json()
        .path("spec")
        .path("podSelector")
        .path("matchLabels")
        .fieldNames()
        .forEachRemaining(name -> removeLabel(spec, name));
    return KubernetesRequest.send(
        "PATCH",
        path(),
        Map.of("fieldManager", Marks.FIELD_MANAGER),
        "application/merge-patch+json",
        patch);
  }

  private static void removeLabel(ObjectNode spec, String name) {
    if (!name.equals(PolicyChange.RETIRED)) {
      spec.withObjectProperty("podSelector").withObjectProperty("matchLabels").putNull(name);
    }
  }
}
