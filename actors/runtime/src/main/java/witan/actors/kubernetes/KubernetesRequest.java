package witan.actors.kubernetes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request to an API server, without host and credentials.
 *
 * @param path absolute, every segment safe as it is
 * @param contentType null where there is no body
 * @param body plain JSON tree; null where there is none
 */
public record KubernetesRequest(
    String method,
    String path,
    Map<String, String> query,
    @Nullable String contentType,
    @Nullable Map<String, Object> body) {
  public KubernetesRequest {
    query = Collections.unmodifiableMap(new TreeMap<>(query));
  }

  static KubernetesRequest get(String path) {
    return new KubernetesRequest("GET", path, Map.of(), null, null);
  }

  /** As it is logged. */
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
    if (body != null) {
      tree.put("body", body);
    }
    return tree;
  }
}
