package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Judges an object that was read from a cluster; pure. */
final class EffectCheck {
  private EffectCheck() {}

  /**
   * Whether the effect is there. A label is one step's and carries its fence; a policy is shared by
   * the steps of one case in one namespace, and carries the case.
   */
  static boolean applied(ActionRequests.Effect effect, Reply read) {
    ActionOrder order = effect.order();
    JsonNode metadata = read.json().path("metadata");
    String label = label(metadata.path("labels"), order);
    boolean found = read.status() == 200;
    if (order.action().equals(ActionRequests.QUARANTINE)) {
      return found
          && annotation(metadata, ActionRequests.FENCE).equals(order.fence())
          && label.equals(ActionRequests.parameter(order, "value"));
    }
    if (order.action().equals(ActionRequests.RELEASE)) {
      return found
          && label.isEmpty()
          && annotation(metadata, ActionRequests.RELEASED).equals(released(order));
    }
    if (order.action().equals(ActionRequests.ALLOW)) {
      return !found;
    }
    return found
        && annotation(metadata, ActionRequests.CASE).equals(order.caseId().value())
        && deniesAll(effect, read.json().path("spec"));
  }

  /** Why the order comes too late: it was taken back, or another case holds the object. */
  static Optional<String> stale(ActionRequests.Effect effect, Reply read) {
    ActionOrder order = effect.order();
    JsonNode metadata = read.json().path("metadata");
    if (effect.policyType().isPresent()) {
      String holder = annotation(metadata, ActionRequests.CASE);
      return holder.isEmpty() || holder.equals(order.caseId().value())
          ? Optional.empty()
          : Optional.of("the policy is held by case " + holder);
    }
    if (annotation(metadata, ActionRequests.RELEASED).equals(order.fence())) {
      return Optional.of("stale fence: this effect was taken back");
    }
    String fence = annotation(metadata, ActionRequests.FENCE);
    String expected =
        order.action().equals(ActionRequests.RELEASE) ? released(order) : order.fence();
    return fence.isEmpty() || fence.equals(expected)
        ? Optional.empty()
        : Optional.of("stale fence: the pod is held by " + fence);
  }

  private static boolean deniesAll(ActionRequests.Effect effect, JsonNode spec) {
    ActionOrder order = effect.order();
    JsonNode selector = spec.path("podSelector").path("matchLabels");
    JsonNode types = spec.path("policyTypes");
    return selector.size() == 1
        && label(selector, order).equals(ActionRequests.parameter(order, "value"))
        && types.size() == 1
        && types.path(0).asText().equals(effect.policyType().orElse(""))
        && spec.path("ingress").isEmpty()
        && spec.path("egress").isEmpty();
  }

  private static String label(JsonNode labels, ActionOrder order) {
    return labels.path(ActionRequests.parameter(order, "label")).asText();
  }

  private static String released(ActionOrder order) {
    return ActionRequests.parameter(order, ActionRequests.FENCE_TO_RELEASE);
  }

  private static String annotation(JsonNode metadata, String name) {
    return metadata.path("annotations").path(name).asText();
  }
}
