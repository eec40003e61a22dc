package witan.actors.kubernetes;

import java.util.Optional;

/** What is refused whatever was decided; pure. */
final class Guardrails {
  private final KubernetesSettings settings;

  Guardrails(KubernetesSettings settings) {
    this.settings = settings;
  }

  /** Why the order is refused; the same in a rehearsal, except that there need be no cluster. */
  Optional<String> refuse(ActionOrder order, boolean rehearsal) {
    Optional<String> unrenderable = ActionRequests.refuse(order);
    if (unrenderable.isPresent()) {
      return unrenderable;
    }
    String namespace = String.valueOf(order.target().namespace());
    if (settings.protectedNamespaces().contains(namespace)) {
      return Optional.of("namespace " + namespace + " is protected");
    }
    KubernetesSettings.Cluster cluster = settings.clusters().get(order.target().cluster());
    if (cluster == null) {
      return rehearsal
          ? Optional.empty()
          : Optional.of("cluster " + order.target().cluster() + " is not configured");
    }
    return cluster.allowedActions().contains(order.action())
        ? Optional.empty()
        : Optional.of(
            "action " + order.action() + " is not allowed in " + order.target().cluster());
  }
}
