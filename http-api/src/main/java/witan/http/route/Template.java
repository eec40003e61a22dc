package witan.http.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path of an {@link Endpoint}, by segment. What is matched was decoded by akka-http but for
 * characters that no segment may hold, an encoded slash first of all: it separates nothing.
 */
record Template(List<String> segments) {
  private static final int MAX_SEGMENTS = 16;

  static Template of(String path) {
    return new Template(List.of(path.substring(1).split("/", -1)));
  }

  Optional<Map<String, String>> match(String[] path) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (i >= path.length || path.length > MAX_SEGMENTS) {
        return Optional.empty();
      }
      if (segment.endsWith("*}")) {
        String rest = String.join("/", List.of(path).subList(i, path.length));
        values.put(segment.substring(1, segment.length() - 2), rest);
        return Optional.of(values);
      }
      if (segment.startsWith("{")) {
        values.put(segment.substring(1, segment.length() - 1), path[i]);
      } else if (!segment.equals(path[i])) {
        return Optional.empty();
      }
    }
    return path.length == segments.size() ? Optional.of(values) : Optional.empty();
  }
}
