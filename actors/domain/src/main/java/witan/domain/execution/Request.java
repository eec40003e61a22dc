package witan.domain.execution;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request, as it is sent and as it is logged.
 *
 * @param path absolute, without host and query; for {@code http-api} the connection's name, a
 *     colon, and the path with its query; in what was logged before there were connections, the URL
 * @param contentType null where there is no body
 * @param body plain values (maps, lists, strings, numbers, booleans, null); text for {@code
 *     http-api}
 */
public record Request(
    String method,
    String path,
    Map<String, String> query,
    @Nullable String contentType,
    @Nullable Object body) {
  /** What stands in the log in place of a Secret's body. */
  public static final String WITHHELD = "<withheld>";

  public Request {
    query = Collections.unmodifiableMap(new TreeMap<>(query));
  }

  /** Of an {@code http-api} step. */
  static Request of(String connection, String method, String path, @Nullable Object content) {
    return new Request(method, connection + ":" + path, Map.of(), null, content);
  }

  /** Of one element of the {@code requests} of an observation; empty where it is none. */
  public static Optional<Request> logged(@Nullable Object element) {
    if (!(element instanceof Map<?, ?> map) || !(map.get("method") instanceof String method)) {
      return Optional.empty();
    }
    if (map.get("connection") instanceof String connection) {
      return map.get("path") instanceof String path
          ? Optional.of(of(connection, method, path, map.get("content")))
          : Optional.empty();
    }
    if (map.get("url") instanceof String url) {
      return Optional.of(new Request(method, url, Map.of(), null, map.get("content")));
    }
    Map<String, String> query = new TreeMap<>();
    if (map.get("query") instanceof Map<?, ?> logged) {
      logged.forEach((name, value) -> query.put(String.valueOf(name), String.valueOf(value)));
    }
    Object type = map.get("contentType");
    return map.get("path") instanceof String path
        ? Optional.of(
            new Request(
                method, path, query, type instanceof String text ? text : null, map.get("body")))
        : Optional.empty();
  }
}
