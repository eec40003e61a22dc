package witan.evidence.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import witan.codec.json.Json;
import witan.domain.governance.Target;

/** What the adapters log of the steps of these playbooks, where everything goes well. */
public final class Requests {
  private final Target target;
  private final Map<String, String> parameters;
  private final String caseId;
  private final String fence;
  private final ArrayNode sent = Json.mapper().createArrayNode();

  private Requests(Target target, Map<String, String> parameters, String caseId, String fence) {
    this.target = target;
    this.parameters = parameters;
    this.caseId = caseId;
    this.fence = fence;
  }

  public static String of(
      String action, Target target, Map<String, String> parameters, String caseId, String fence) {
    Requests requests = new Requests(target, parameters, caseId, fence);
    switch (action) {
      case "quarantine-label" -> requests.label();
      case "release-label" -> requests.release();
      case "deny-all-network-policy" -> requests.policies();
      case "delete-pod" -> requests.delete();
      default -> throw new IllegalArgumentException(action);
    }
    return requests.text();
  }

  public static String path(Target pod) {
    return "/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name();
  }

  private String text() {
    return new String(Json.canonical(sent), StandardCharsets.UTF_8);
  }

  private void get(String path) {
    sent.addObject().put("method", "GET").put("path", path);
  }

  private ObjectNode write(String method, String path, String contentType, boolean managed) {
    ObjectNode request = sent.addObject().put("method", method).put("path", path);
    if (managed) {
      request.putObject("query").put("fieldManager", "witan");
    }
    return request.put("contentType", contentType).putObject("body");
  }

  private ObjectNode marked(ObjectNode body) {
    ObjectNode metadata = body.putObject("metadata");
    metadata.put("uid", "u-1").put("resourceVersion", "7");
    return metadata.putObject("annotations").put("witan.org/case", caseId);
  }

  private String slot() {
    String hash = Council.HASHER.text(parameters.get("label")).hex().substring(0, 8);
    return "witan.org/quarantine-label-" + hash;
  }

  private void label() {
    String path = path(target);
    get(path);
    ObjectNode body = write("PATCH", path, "application/merge-patch+json", true);
    marked(body).put(slot(), fence).put(slot() + ".before", "{}");
    ((ObjectNode) body.get("metadata"))
        .putObject("labels")
        .put(parameters.get("label"), parameters.get("value"));
    get(path);
  }

  private void release() {
    String path = path(target);
    get(path);
    ObjectNode body = write("PATCH", path, "application/merge-patch+json", true);
    body.putObject("metadata")
        .put("uid", "u-1")
        .put("resourceVersion", "7")
        .putObject("annotations")
        .putNull(slot())
        .putNull(slot() + ".before")
        .put(slot() + ".undone", parameters.get("fence"));
    ((ObjectNode) body.get("metadata")).putObject("labels").putNull(parameters.get("label"));
    get(path);
  }

  private void policies() {
    String collection =
        "/apis/networking.k8s.io/v1/namespaces/" + target.namespace() + "/networkpolicies";
    for (String direction : List.of("Ingress", "Egress")) {
      String name = parameters.get("name") + "-" + direction.toLowerCase(java.util.Locale.ROOT);
      get(collection + "/" + name);
      ObjectNode body = write("POST", collection, "application/json", true);
      body.put("apiVersion", "networking.k8s.io/v1").put("kind", "NetworkPolicy");
      ObjectNode metadata = body.putObject("metadata");
      metadata.put("name", name).put("namespace", target.namespace());
      metadata
          .putObject("annotations")
          .put("witan.org/case", caseId)
          .put("witan.org/deny-all-network-policy", fence);
      ObjectNode spec = body.putObject("spec");
      spec.putObject("podSelector")
          .putObject("matchLabels")
          .put(parameters.get("label"), parameters.get("value"));
      spec.putArray("policyTypes").add(direction);
      get(collection + "/" + name);
    }
  }

  private void delete() {
    String path = path(target);
    get(path);
    ObjectNode options = write("DELETE", path, "application/json", false);
    options.putObject("preconditions").put("uid", parameters.get("pin.uid"));
    options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    get(path);
  }
}
