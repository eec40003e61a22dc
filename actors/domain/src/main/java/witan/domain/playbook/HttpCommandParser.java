package witan.domain.playbook;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of type {@code http-api}: a request line, headers and content, for one connection of
 * the executor's. Where that leads, and with whose credential, is no playbook's affair.
 */
final class HttpCommandParser {
  /** Of a playbook that says itself where its requests go, or names what can be no connection. */
  static final String UNKNOWN_CONNECTION = "unknown_connection";

  private static final Pattern LINE =
      Pattern.compile("(GET|POST|PUT|PATCH|DELETE) (/\\S*)( HTTP/(1\\.0|1\\.1|2))?");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final int MAX_HEADERS = 20;

  /** Credentials are the connection's; the others are the client's own, or steer proxies. */
  private static final Set<String> NOT_OF_PLAYBOOKS =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "cookie",
          "expect",
          "forwarded",
          "host",
          "http2-settings",
          "idempotency-key",
          "keep-alive",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");

  private final Node command;
  private final Node target;

  HttpCommandParser(Node command, Node target) {
    this.command = command;
    this.target = target;
  }

  Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("connection", connection());
    Matcher line = LINE.matcher(command.text("command", true));
    if (!line.matches()) {
      command.problem(
          "command", "command_bad_request_line", "METHOD /path, perhaps with HTTP/1.1 after it");
    } else {
      parameters.put("method", line.group(1));
      parameters.put(HttpPlaces.PATH, path(line.group(2)));
    }
    headers(parameters);
    parameters.put(HttpPlaces.CONTENT, content(parameters));
    return parameters;
  }

  private String path(String path) {
    HttpPath.refuse(HttpPlaces.withAny(path))
        .ifPresent(why -> command.problem("command", "command_bad_path", "the path has " + why));
    return path;
  }

  private String content(Map<String, String> parameters) {
    if (command.has("content_b64")) {
      command.problem("content_b64", "command_not_supported", "use content, as text");
    }
    String content = command.text("content", false);
    String type = parameters.getOrDefault(HttpPlaces.HEADER + "content-type", "");
    if (!HttpPlaces.inStrings(content, type)) {
      command.problem(
          "content",
          "command_bad_variable",
          "variables of a content stand within the quotes of JSON strings");
    }
    return content;
  }

  private void headers(Map<String, String> parameters) {
    Node headers = command.object("headers");
    for (String name : headers.names()) {
      List<String> values = headers.texts(name);
      String lower = name.toLowerCase(Locale.ROOT);
      boolean plain = HEADER.matcher(name).matches() && values.size() == 1;
      if (!plain || headers.names().size() > MAX_HEADERS || unsafe(values.get(0))) {
        headers.problem(name, "command_bad_header", "at most 20 headers, of one plain value each");
      } else if (NOT_OF_PLAYBOOKS.contains(lower) || lower.startsWith("x-forwarded")) {
        headers.problem(name, "command_bad_header", "this header is the connection's to set");
      } else if (parameters.put(HttpPlaces.HEADER + lower, values.get(0)) != null) {
        headers.problem(name, "command_bad_header", "the same header twice");
      }
    }
  }

  private static boolean unsafe(String value) {
    return value.chars().anyMatch(c -> c < ' ' || c > '~');
  }

  /**
   * CACAO 2.0, section 7.6, wants a name and an address of a target; the address is a dictionary,
   * and an empty one says that there is none.
   */
  private String connection() {
    String name = target.text("name", true);
    if (!target.object("address").names().isEmpty()) {
      target.problem(
          "address",
          UNKNOWN_CONNECTION,
          "name a connection of the executor's in \"name\" and leave the address empty, {}");
    }
    for (String own : List.of("port", "authentication_info")) {
      if (target.has(own)) {
        target.problem(own, UNKNOWN_CONNECTION, "it is the connection's to say");
      }
    }
    if (!name.isEmpty() && !HttpPlaces.isConnection(name)) {
      target.problem(
          "name", UNKNOWN_CONNECTION, "a connection is named in a-z, 0-9 and -, up to 63 of them");
    }
    return name;
  }
}
