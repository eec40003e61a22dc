package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import witan.domain.execution.Order;
import witan.domain.playbook.K8sAction;

/**
 * What no setting allows: a response must neither take the cluster away from those who run it nor
 * the executor's rights from itself. Pure.
 *
 * <p>Source of the names: Kubernetes documentation, "Using RBAC Authorization" (prefix {@code
 * system:}, label {@code kubernetes.io/bootstrapping}) and "Well-Known Labels" (node roles).
 */
final class Untouchable {
  static final Set<String> NAMESPACES = Set.of("kube-system", "kube-public", "kube-node-lease");

  private static final String SYSTEM = "system:";
  private static final String ACCOUNT = "system:serviceaccount:";
  private static final List<String> CONTROL_PLANE =
      List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");
  private static final Pattern BINDING =
      Pattern.compile("/apis/rbac\\.authorization\\.k8s\\.io/.*/(cluster)?rolebindings/[^/]+");

  private Untouchable() {}

  /** What shows by the order; {@code allowance} is null where there is no cluster. */
  static Optional<String> refuse(
      Order order, Set<String> protectedNamespaces, @Nullable Allowance allowance) {
    if (protectedNamespaces.contains(order.namespace())) {
      return Guardrails.refusal(
          "guardrail_namespace_protected",
          "namespace "
              + order.namespace()
              + " is protected (witan.kubernetes.protected-namespaces)");
    }
    if (isOwn(order, allowance)) {
      return Guardrails.refusal(
          "guardrail_own_identity", "it is the ServiceAccount of the executor itself");
    }
    return order.target().kind().endsWith("RoleBinding")
        ? binding(order, protectedNamespaces)
        : Optional.empty();
  }

  private static boolean isOwn(Order order, @Nullable Allowance allowance) {
    return allowance != null
        && order.target().kind().equals("ServiceAccount")
        && allowance.executor().equals(ACCOUNT + order.namespace() + ":" + order.target().name());
  }

  /** A User's name is how the API server knows a ServiceAccount too. */
  private static Optional<String> binding(Order order, Set<String> protectedNamespaces) {
    String subject = order.parameter("subject");
    if (order.target().name().startsWith(SYSTEM)) {
      return Guardrails.refusal(
          "guardrail_cluster_binding", "the bindings named " + SYSTEM + "* are the cluster's own");
    }
    if (subject.startsWith(SYSTEM)) {
      return Guardrails.refusal(
          "guardrail_system_subject", subject + " is one of the cluster's own subjects");
    }
    String namespace = order.parameter("subject-namespace");
    return protectedNamespaces.contains(namespace)
        ? Guardrails.refusal(
            "guardrail_system_subject",
            "ServiceAccount " + subject + " is in the protected namespace " + namespace)
        : Optional.empty();
  }

  /** What shows by an object that would be changed; one that is not there is nobody's. */
  static Optional<String> refuse(Order order, String path, JsonNode object, Allowance allowance) {
    JsonNode labels = object.path("metadata").path("labels");
    if (path.startsWith("/api/v1/nodes/") && CONTROL_PLANE.stream().anyMatch(labels::has)) {
      return Guardrails.refusal(
          "guardrail_control_plane", order.target().name() + " is a node of the control plane");
    }
    if (path.contains("/secrets/")
        && object.path("type").asText().equals("kubernetes.io/service-account-token")) {
      return Guardrails.refusal(
          "guardrail_account_token",
          "the token of a ServiceAccount is the cluster's to make; the action is "
              + K8sAction.REVOKE_TOKENS.command());
    }
    if (!BINDING.matcher(path).matches()) {
      return Optional.empty();
    }
    boolean ownOfCluster =
        labels.path("kubernetes.io/bootstrapping").asText().equals("rbac-defaults");
    if (ownOfCluster) {
      return Guardrails.refusal(
          "guardrail_cluster_binding", "the API server made this binding for itself");
    }
    return empowers(object, allowance)
        ? Guardrails.refusal(
            "guardrail_own_identity", "the binding gives the executor itself its rights")
        : Optional.empty();
  }

  private static boolean empowers(JsonNode binding, Allowance allowance) {
    for (JsonNode subject : binding.path("subjects")) {
      String name = subject.path("name").asText();
      boolean own =
          switch (subject.path("kind").asText()) {
            case "User" -> name.equals(allowance.executor());
            case "Group" -> groups(name, allowance);
            default ->
                allowance
                    .executor()
                    .equals(ACCOUNT + subject.path("namespace").asText() + ":" + name);
          };
      if (own) {
        return true;
      }
    }
    return false;
  }

  private static boolean groups(String name, Allowance allowance) {
    String accounts = "system:serviceaccounts";
    String executor = allowance.executor();
    if (executor.startsWith(ACCOUNT)) {
      String namespace = executor.substring(ACCOUNT.length()).split(":", 2)[0];
      if (Set.of(accounts, accounts + ":" + namespace).contains(name)) {
        return true;
      }
    }
    return name.equals("system:authenticated") || allowance.executorGroups().contains(name);
  }
}
