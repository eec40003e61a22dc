package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;

/** The pod template of an earlier revision, which its ReplicaSet holds. */
final class RollBack implements Marked.Effect {
  private static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String HASH = "pod-template-hash";
  private static final int LIMIT = 500;

  private Reply replicaSets = new Reply(0, MissingNode.getInstance(), Optional.empty(), "");

  @Override
  public List<KubernetesRequest> lookups(Order order) {
    return List.of(
        KubernetesRequest.get(
            ObjectPath.replicaSets(order.namespace()), Map.of("limit", String.valueOf(LIMIT))));
  }

  @Override
  public void found(List<Reply> replies) {
    replicaSets = replies.get(0);
  }

  @Override
  public Optional<String> refuse(Order order, JsonNode object) {
    if (replicaSets.partial()) {
      return Optional.of("the namespace has more than " + LIMIT + " ReplicaSets");
    }
    JsonNode template = template(order, object);
    if (template.isMissingNode()) {
      return Optional.of("there is no revision " + order.parameter("revision"));
    }
    return template.equals(object.path("spec").path("template"))
        ? Optional.of("the Deployment has that template already")
        : Optional.empty();
  }

  @Override
  public JsonNode before(Order order, JsonNode object) {
    return Patches.captured(object.path("spec").path("template"));
  }

  @Override
  public ObjectNode change(Order order, JsonNode object) {
    return towards(object, template(order, object));
  }

  @Override
  public boolean changed(Order order, JsonNode object, JsonNode before) {
    return before.has("value") && !object.path("spec").path("template").equals(before.get("value"));
  }

  @Override
  public ObjectNode restore(Order order, JsonNode object, JsonNode before) {
    return towards(object, before.path("value"));
  }

  private static ObjectNode towards(JsonNode object, JsonNode template) {
    return Patches.set(
        "spec", "template", Patches.difference(object.path("spec").path("template"), template));
  }

  /** Of the named revision, or of the last one before the Deployment's own. */
  private JsonNode template(Order order, JsonNode deployment) {
    String wanted = order.parameter("revision");
    long current = revision(deployment);
    JsonNode best = MissingNode.getInstance();
    for (JsonNode set : replicaSets.json().path("items")) {
      long revision = revision(set);
      boolean fits =
          wanted.equals("previous") ? revision < current : wanted.equals(String.valueOf(revision));
      if (fits && owned(set, deployment) && revision > revision(best)) {
        best = set;
      }
    }
    JsonNode template = best.path("spec").path("template").deepCopy();
    if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
      labels.remove(HASH);
    }
    return template;
  }

  private static boolean owned(JsonNode set, JsonNode deployment) {
    String uid = deployment.path("metadata").path("uid").asText();
    for (JsonNode owner : set.path("metadata").path("ownerReferences")) {
      if (owner.path("uid").asText().equals(uid)) {
        return true;
      }
    }
    return false;
  }

  private static long revision(JsonNode object) {
    String text = Marks.annotation(object, REVISION);
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
  }
}
