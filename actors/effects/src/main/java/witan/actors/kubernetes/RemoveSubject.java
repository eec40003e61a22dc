package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import witan.domain.execution.Order;

/** One subject of a RoleBinding or ClusterRoleBinding. */
record RemoveSubject() implements Marked.Effect {
  @Override
  public String what(Order order) {
    return String.join(
        "|",
        order.parameter("subject-kind"),
        order.parameter("subject-namespace"),
        order.parameter("subject"));
  }

  @Override
  public Optional<String> refuse(Order order, JsonNode object) {
    return find(order, object).isMissingNode()
        ? Optional.of("the binding has no such subject")
        : Optional.empty();
  }

  @Override
  public JsonNode before(Order order, JsonNode object) {
    return Patches.captured(find(order, object));
  }

  @Override
  public ObjectNode change(Order order, JsonNode object) {
    ObjectNode patch = Patches.object();
    ArrayNode left = patch.putArray("subjects");
    for (JsonNode subject : object.path("subjects")) {
      if (!matches(order, subject)) {
        left.add(subject);
      }
    }
    return patch;
  }

  @Override
  public boolean changed(Order order, JsonNode object, JsonNode before) {
    return find(order, object).isMissingNode();
  }

  /** Else whoever may annotate a binding could have the executor bind anybody. */
  @Override
  public Optional<String> refuseRestore(Order order, JsonNode before) {
    return matches(order, before.path("value"))
        ? Optional.empty()
        : Guardrails.refusal(
            "guardrail_forged_mark", "the mark names another subject than the one removed");
  }

  @Override
  public ObjectNode restore(Order order, JsonNode object, JsonNode before) {
    ObjectNode patch = Patches.object();
    ArrayNode subjects = patch.putArray("subjects");
    object.path("subjects").forEach(subjects::add);
    subjects.add(before.path("value"));
    return patch;
  }

  private static JsonNode find(Order order, JsonNode object) {
    for (JsonNode subject : object.path("subjects")) {
      if (matches(order, subject)) {
        return subject;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private static boolean matches(Order order, JsonNode subject) {
    return subject.path("kind").asText().equals(order.parameter("subject-kind"))
        && subject.path("name").asText().equals(order.parameter("subject"))
        && subject.path("namespace").asText().equals(order.parameter("subject-namespace"));
  }
}
