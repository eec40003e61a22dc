package witan.domain.playbook;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command of type {@code http-api}: a request line, headers and content, for one address. */
final class HttpCommandParser {
  private static final Pattern LINE =
      Pattern.compile("(GET|POST|PUT|PATCH|DELETE) (/\\S*)( HTTP/(1\\.0|1\\.1|2))?");
  private static final Pattern BASE =
      Pattern.compile("https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?/?");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final int MAX_HEADERS = 20;

  private final Node command;
  private final Node target;

  HttpCommandParser(Node command, Node target) {
    this.command = command;
    this.target = target;
  }

  Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    Matcher line = LINE.matcher(command.text("command", true));
    if (!line.matches()) {
      command.problem(
          "command", "command_bad_request_line", "METHOD /path, perhaps with HTTP/1.1 after it");
    } else {
      parameters.put("method", line.group(1));
      parameters.put("url", base() + line.group(2));
    }
    parameters.put("content", command.text("content", false));
    if (command.has("content_b64")) {
      command.problem("content_b64", "command_not_supported", "use content, as text");
    }
    headers(parameters);
    return parameters;
  }

  private void headers(Map<String, String> parameters) {
    Node headers = command.object("headers");
    for (String name : headers.names()) {
      List<String> values = headers.texts(name);
      boolean plain = HEADER.matcher(name).matches() && values.size() == 1;
      if (!plain || headers.names().size() > MAX_HEADERS || unsafe(values.get(0))) {
        headers.problem(name, "command_bad_header", "at most 20 headers, of one plain value each");
      } else {
        parameters.put("header." + name.toLowerCase(java.util.Locale.ROOT), values.get(0));
      }
    }
  }

  private static boolean unsafe(String value) {
    return value.chars().anyMatch(c -> c < ' ' || c > '~');
  }

  /** Scheme, host and port, without the slash. */
  private String base() {
    Node address = target.object("address");
    String base = "";
    if (address.has("url")) {
      base = first(address, "url");
    } else {
      String host = first(address, address.has("dname") ? "dname" : "ipv4");
      String port = target.has("port") ? ":" + target.text("port", true) : "";
      base = host.isEmpty() ? "" : "https://" + host + port;
    }
    if (!BASE.matcher(base).matches()) {
      target.problem("address", "target_bad_address", "one url, dname or ipv4 is wanted");
      return "";
    }
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  private static String first(Node address, String field) {
    List<String> all = address.texts(field);
    return all.size() == 1 ? all.get(0) : "";
  }
}
