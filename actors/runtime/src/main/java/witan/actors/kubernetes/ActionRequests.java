package witan.actors.kubernetes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import witan.domain.playbook.K8sAction;
import witan.domain.playbook.ParameterType;

/**
 * Renders the requests of an action: pure, and shared by {@link KubernetesActions} and {@link
 * RehearsalActions} so that what is rehearsed is what would be sent.
 *
 * <p>Each object is read, written and read back. The write of a label carries the UID and
 * resourceVersion that were read, so a paused executor that wakes after a release, or after any
 * other change of the pod, gets 409; it then reads the release's mark and stops. A NetworkPolicy
 * that does not exist yet has no version to insist on; but it selects pods by the quarantine label,
 * so a late one, after a release, selects nothing.
 */
public final class ActionRequests {
  static final String QUARANTINE = K8sAction.QUARANTINE_LABEL.command();
  static final String DENY_ALL = K8sAction.DENY_ALL_NETWORK_POLICY.command();

  /** Inverse of the label; parameters {@code label}, {@code fence}. No playbook names it yet. */
  static final String RELEASE = "release-label";

  /** Inverse of the policies; parameter {@code name}. No playbook names it yet. */
  static final String ALLOW = "remove-network-policy";

  public static final Set<String> ACTIONS = Set.of(QUARANTINE, DENY_ALL, RELEASE, ALLOW);

  private static final Map<String, Map<String, ParameterType>> PARAMETERS =
      Map.of(
          QUARANTINE, K8sAction.QUARANTINE_LABEL.parameters(),
          DENY_ALL, K8sAction.DENY_ALL_NETWORK_POLICY.parameters(),
          RELEASE, Map.of("label", ParameterType.LABEL),
          ALLOW, Map.of("name", ParameterType.NAME));

  static final String FENCE = "witan.org/fence";
  static final String CASE = "witan.org/case";
  static final String RELEASED = "witan.org/released";
  static final String FIELD_MANAGER = "witan";

  /** Parameter of the release: the fence of the effect that it takes back. */
  static final String FENCE_TO_RELEASE = "fence";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** What the first read told; the write insists on it. */
  record Observed(String uid, String resourceVersion) {
    /** Stands in a rehearsal for what only a cluster can tell. */
    static final Observed PLACEHOLDER = new Observed("<uid as read>", "<resourceVersion as read>");
  }

  /** One object of an action; its requests are sent in this order. */
  record Effect(ActionOrder order, String path, @Nullable String direction) {
    /** Ingress or Egress; empty for a pod. */
    Optional<String> policyType() {
      return Optional.ofNullable(direction);
    }

    KubernetesRequest read() {
      return KubernetesRequest.get(path);
    }

    KubernetesRequest write(Observed observed) {
      return ActionRequests.write(this, observed);
    }

    KubernetesRequest readBack() {
      return KubernetesRequest.get(path);
    }
  }

  private ActionRequests() {}

  /** Why the order cannot be rendered; empty when it can. */
  static Optional<String> refuse(ActionOrder order) {
    Map<String, ParameterType> parameters = PARAMETERS.get(order.action());
    if (parameters == null) {
      return Optional.of("unknown action " + order.action());
    }
    String namespace = order.target().namespace();
    if (!order.target().kind().equals("Pod") || namespace == null) {
      return Optional.of(order.action() + " needs a Pod in a namespace");
    }
    if (!NAME.matcher(order.target().name()).matches() || !NAMESPACE.matcher(namespace).matches()) {
      return Optional.of("not a Kubernetes name: " + namespace + "/" + order.target().name());
    }
    return parameters.entrySet().stream()
        .filter(e -> !e.getValue().allows(parameter(order, e.getKey())))
        .map(e -> "the parameter " + e.getKey() + " is missing or not what Kubernetes allows")
        .findFirst();
  }

  /** The objects of an order that {@link #refuse} does not refuse. */
  static List<Effect> effects(ActionOrder order) {
    String namespace = String.valueOf(order.target().namespace());
    if (order.action().equals(QUARANTINE) || order.action().equals(RELEASE)) {
      String pod = "/api/v1/namespaces/" + namespace + "/pods/" + order.target().name();
      return List.of(new Effect(order, pod, null));
    }
    String policies =
        "/apis/networking.k8s.io/v1/namespaces/"
            + namespace
            + "/networkpolicies/"
            + parameter(order, "name");
    return List.of(
        new Effect(order, policies + "-ingress", "Ingress"),
        new Effect(order, policies + "-egress", "Egress"));
  }

  static String parameter(ActionOrder order, String name) {
    return order.parameters().getOrDefault(name, "");
  }

  private static KubernetesRequest write(Effect effect, Observed observed) {
    ActionOrder order = effect.order();
    if (order.action().equals(QUARANTINE)) {
      return patchPod(effect.path(), observed, quarantine(order));
    }
    if (order.action().equals(RELEASE)) {
      return patchPod(effect.path(), observed, release(order));
    }
    return order.action().equals(DENY_ALL)
        ? applyPolicy(effect)
        : deletePolicy(effect.path(), observed);
  }

  private static Map<String, Object> quarantine(ActionOrder order) {
    Map<String, String> label = Map.of(parameter(order, "label"), parameter(order, "value"));
    return Map.of("labels", label, "annotations", marks(order));
  }

  private static Map<String, Object> release(ActionOrder order) {
    Map<String, @Nullable Object> labels = new HashMap<>();
    labels.put(parameter(order, "label"), null);
    Map<String, @Nullable Object> annotations = new HashMap<>();
    annotations.put(FENCE, null);
    annotations.put(RELEASED, parameter(order, FENCE_TO_RELEASE));
    return Map.of("labels", labels, "annotations", annotations);
  }

  private static Map<String, String> marks(ActionOrder order) {
    return Map.of(CASE, order.caseId().value(), FENCE, order.fence());
  }

  private static KubernetesRequest patchPod(
      String path, Observed observed, Map<String, Object> change) {
    Map<String, Object> metadata = new HashMap<>(change);
    metadata.put("uid", observed.uid());
    metadata.put("resourceVersion", observed.resourceVersion());
    return new KubernetesRequest(
        "PATCH",
        path,
        Map.of("fieldManager", FIELD_MANAGER),
        "application/merge-patch+json",
        Map.of("metadata", metadata));
  }

  private static KubernetesRequest applyPolicy(Effect effect) {
    ActionOrder order = effect.order();
    Map<String, Object> metadata =
        Map.of(
            "name", effect.path().substring(effect.path().lastIndexOf('/') + 1),
            "namespace", String.valueOf(order.target().namespace()),
            "annotations", marks(order));
    Map<String, String> label = Map.of(parameter(order, "label"), parameter(order, "value"));
    Map<String, Object> spec =
        Map.of(
            "podSelector", Map.of("matchLabels", label),
            "policyTypes", List.of(effect.policyType().orElseThrow()));
    return new KubernetesRequest(
        "PATCH",
        effect.path(),
        Map.of("fieldManager", FIELD_MANAGER, "force", "false"),
        "application/apply-patch+yaml",
        Map.of(
            "apiVersion",
            "networking.k8s.io/v1",
            "kind",
            "NetworkPolicy",
            "metadata",
            metadata,
            "spec",
            spec));
  }

  private static KubernetesRequest deletePolicy(String path, Observed observed) {
    return new KubernetesRequest(
        "DELETE",
        path,
        Map.of(),
        "application/json",
        Map.of(
            "apiVersion", "v1",
            "kind", "DeleteOptions",
            "preconditions", Map.of("uid", observed.uid())));
  }
}
