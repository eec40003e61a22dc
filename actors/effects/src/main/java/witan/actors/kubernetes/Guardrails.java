package witan.actors.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;
import witan.domain.playbook.K8sAction;

/**
 * What is refused whatever was decided; pure. Each refusal begins with a stable code and names the
 * setting that stands against it.
 */
final class Guardrails {
  private static final Pattern NAMESPACE_OF = Pattern.compile(".*/namespaces/([^/]+)/.*");

  private final KubernetesSettings settings;

  Guardrails(KubernetesSettings settings) {
    this.settings = settings;
  }

  static Optional<String> refusal(String code, String detail) {
    return Optional.of(code + ": " + detail);
  }

  /** Why the order is refused by what it says; a rehearsal needs no cluster. */
  Optional<String> refuse(Order order, boolean rehearsal) {
    Allowance allowance = allowance(order);
    return unrenderable(order)
        .or(() -> Untouchable.refuse(order, settings.protectedNamespaces(), allowance))
        .or(
            () ->
                allowance == null && rehearsal
                    ? Optional.empty()
                    : missing(order).stream().findFirst());
  }

  /** What a setting would have to name before the order could be carried out; none where it may. */
  List<String> missing(Order order) {
    String cluster = order.target().cluster();
    String where = "witan.kubernetes.clusters." + cluster;
    Allowance allowance = allowance(order);
    if (allowance == null) {
      return List.of(
          "guardrail_cluster_unknown: " + cluster + " is not configured; name it in " + where);
    }
    List<String> missing = new ArrayList<>();
    if (!allowance.allows(order.action())) {
      missing.add(
          "guardrail_action_not_allowed: "
              + order.action()
              + " is not named in "
              + where
              + ".allowed-actions");
    }
    if (!order.namespace().isEmpty() && !allowance.namespaces().contains(order.namespace())) {
      missing.add(
          "guardrail_namespace_not_allowed: "
              + order.namespace()
              + " is not named in "
              + where
              + ".allowed-namespaces");
    }
    for (String kind : kinds(order)) {
      if (!allowance.kinds().contains(kind)) {
        missing.add(
            "guardrail_kind_not_allowed: " + kind + " is not named in " + where + ".allowed-kinds");
      }
    }
    return missing;
  }

  /** A drain changes the node, and pods that nobody named. */
  private static List<String> kinds(Order order) {
    return order.action().equals(K8sAction.DRAIN_NODE.command())
        ? List.of(order.target().kind(), "Pod")
        : List.of(order.target().kind());
  }

  private @Nullable Allowance allowance(Order order) {
    KubernetesSettings.Cluster cluster = settings.clusters().get(order.target().cluster());
    return cluster == null ? null : cluster.allowed();
  }

  /** Why this object of the order's is left alone, whatever is configured. */
  Optional<String> refuse(Order order, Change change, Reply read) {
    Allowance allowance = allowance(order);
    return allowance == null
        ? Optional.empty()
        : Untouchable.refuse(order, change.path(), read.json(), allowance);
  }

  private static Optional<String> unrenderable(Order order) {
    return wrong(order).flatMap(why -> refusal("guardrail_bad_order", why));
  }

  private static Optional<String> wrong(Order order) {
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
    Allowance allowance = allowance(order);
    if (allowance == null || pods <= allowance.maxPods()) {
      return Optional.empty();
    }
    return refusal(
        "guardrail_too_many_pods",
        "more pods would be touched than the "
            + allowance.maxPods()
            + " of witan.kubernetes.clusters."
            + order.target().cluster()
            + ".max-pods");
  }

  /** What an action found by itself where nothing may be done, e.g. pods of a node. */
  boolean isOutside(Order order, Change change) {
    Matcher matcher = NAMESPACE_OF.matcher(change.path());
    if (!matcher.matches()) {
      return false;
    }
    String namespace = matcher.group(1);
    Allowance allowance = allowance(order);
    return settings.protectedNamespaces().contains(namespace)
        || allowance == null
        || !allowance.namespaces().contains(namespace);
  }
}
