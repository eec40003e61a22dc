package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;
import witan.domain.execution.Request;

/**
 * One HTTP request to an API server, without host and credentials.
 *
 * @param path absolute, every segment safe as it is
 * @param contentType null where there is no body
 */
public record KubernetesRequest(
    String method,
    String path,
    Map<String, String> query,
    @Nullable String contentType,
    @Nullable ObjectNode body) {
  private static final String ALL = "All";

  public KubernetesRequest {
    query = Collections.unmodifiableMap(new TreeMap<>(query));
  }

  static KubernetesRequest get(String path) {
    return new KubernetesRequest("GET", path, Map.of(), null, null);
  }

  static KubernetesRequest get(String path, Map<String, String> query) {
    return new KubernetesRequest("GET", path, query, null, null);
  }

  static KubernetesRequest send(
      String method, String path, Map<String, String> query, String contentType, ObjectNode body) {
    return new KubernetesRequest(method, path, query, contentType, body);
  }

  /**
   * The same request, which the server checks in full and does not carry out. A server that is
   * given delete options in the body ignores those of the query.
   */
  KubernetesRequest dryRun() {
    Map<String, String> asked = new TreeMap<>(query);
    asked.put("dryRun", ALL);
    ObjectNode options = body == null ? null : body.deepCopy();
    if (options != null && options.path("kind").asText().equals("DeleteOptions")) {
      options.putArray("dryRun").add(ALL);
    }
    if (options != null && options.path("deleteOptions") instanceof ObjectNode nested) {
      nested.putArray("dryRun").add(ALL);
    }
    return new KubernetesRequest(method, path, asked, contentType, options);
  }

  /** As the table of requests has it. */
  Request request() {
    return new Request(method, path, query, contentType, body == null ? null : Json.toTree(body));
  }

  /** As it is logged: what a Secret holds is not. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("method", method);
    tree.put("path", path);
    if (!query.isEmpty()) {
      tree.put("query", query);
    }
    if (contentType != null) {
      tree.put("contentType", contentType);
    }
    JsonNode shown = body;
    if (shown != null) {
      tree.put("body", path.contains("/secrets/") ? Request.WITHHELD : shown);
    }
    return tree;
  }
}
