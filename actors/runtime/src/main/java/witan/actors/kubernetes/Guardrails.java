package witan.actors.kubernetes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;
import witan.domain.playbook.K8sAction;

/** What is refused whatever was decided; pure. */
final class Guardrails {
  private static final Pattern NAMESPACE_OF = Pattern.compile(".*/namespaces/([^/]+)/.*");

  private final KubernetesSettings settings;

  Guardrails(KubernetesSettings settings) {
    this.settings = settings;
  }

  /** Why the order is refused; the same in a rehearsal, except that there need be no cluster. */
  Optional<String> refuse(Order order, boolean rehearsal) {
    Optional<String> unrenderable = unrenderable(order);
    if (unrenderable.isPresent()) {
      return unrenderable;
    }
    if (settings.protectedNamespaces().contains(order.namespace())) {
      return Optional.of("namespace " + order.namespace() + " is protected");
    }
    String name = order.target().cluster();
    KubernetesSettings.Cluster cluster = settings.clusters().get(name);
    if (cluster == null) {
      return rehearsal ? Optional.empty() : Optional.of("cluster " + name + " is not configured");
    }
    return allowed(cluster, order.action())
        ? Optional.empty()
        : Optional.of("action " + order.action() + " is not allowed in " + name);
  }

  /** Who may do something may take it back. */
  private static boolean allowed(KubernetesSettings.Cluster cluster, String command) {
    return cluster.allowedActions().contains(command)
        || K8sAction.inverseOf(command)
            .map(action -> cluster.allowedActions().contains(action.command()))
            .orElse(false);
  }

  private static Optional<String> unrenderable(Order order) {
    Optional<Action> action = Action.of(order.action());
    if (action.isEmpty()) {
      return Optional.of("unknown action " + order.action());
    }
    K8sAction rules =
        K8sAction.of(order.action()).or(() -> K8sAction.inverseOf(order.action())).orElseThrow();
    if (!rules.kinds().contains(order.target().kind())) {
      return Optional.of(order.action() + " is not for a " + order.target().kind());
    }
    return ObjectPath.refuse(order.target())
        .or(
            () ->
                rules.parameters().entrySet().stream()
                    .filter(e -> !e.getValue().allows(order.parameter(e.getKey())))
                    .map(e -> "the parameter " + e.getKey() + " is missing or not allowed")
                    .findFirst())
        .or(() -> action.get().refuse(order));
  }

  Optional<String> tooMany(Order order, long pods) {
    KubernetesSettings.Cluster cluster = settings.clusters().get(order.target().cluster());
    if (cluster == null || pods <= cluster.maxPods()) {
      return Optional.empty();
    }
    return Optional.of("more pods would be touched than the " + cluster.maxPods() + " allowed");
  }

  /** What an action found by itself, e.g. the pods of a node. */
  boolean isProtected(Change change) {
    Matcher matcher = NAMESPACE_OF.matcher(change.path());
    return matcher.matches() && settings.protectedNamespaces().contains(matcher.group(1));
  }
}
