package witan.domain.playbook;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Where variables may stand in a command of type {@code http-api}, and how what they hold is
 * written there: in a segment of the path, in the query, in a string of JSON content, in a header's
 * value. A value never becomes more than a value of its place. Pure.
 */
public final class HttpPlaces {
  static final String CONTENT = "content";
  static final String HEADER = "header.";
  static final String PATH = "path";

  /** Stands for any value where only the form of the rest is looked at. */
  private static final String ANY = "x";

  private static final Pattern VALUE = Pattern.compile("[ -~]*");
  private static final Pattern JSON_TYPE =
      Pattern.compile("application/([a-z0-9.-]+\\+)?json( *;.*)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern CONNECTION = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private HttpPlaces() {}

  /** Whether a connection of an executor can have that name. */
  public static boolean isConnection(String name) {
    return CONNECTION.matcher(name).matches();
  }

  /**
   * The parameters with nothing left open; the path in its {@link HttpPath#normal} form.
   *
   * @param values of all variables that are used
   * @throws IllegalArgumentException where a value would be something else in its place
   */
  public static Map<String, String> fill(
      Map<String, String> parameters, Map<String, String> values) {
    Map<String, String> filled = new TreeMap<>();
    parameters.forEach((name, text) -> filled.put(name, fill(name, text, values)));
    return filled;
  }

  private static String fill(String name, String text, Map<String, String> values) {
    if (name.equals(PATH)) {
      return path(text, values);
    }
    if (name.equals(CONTENT)) {
      return with(text, values, HttpPlaces::json);
    }
    String value = Variables.fill(text, values);
    if (name.startsWith(HEADER) && !VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a header's value is printable ASCII on one line: " + name);
    }
    return value;
  }

  private static String path(String text, Map<String, String> values) {
    int mark = text.indexOf('?');
    String path = mark < 0 ? text : text.substring(0, mark);
    for (String variable : Variables.in(path)) {
      if (values.getOrDefault(variable, "").isEmpty()) {
        throw new IllegalArgumentException(
            "nothing in " + variable + ", which is part of the path");
      }
    }
    String target = with(text, values, HttpPath::encode);
    HttpPath.refuse(target)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException("the path is refused: " + why);
            });
    return HttpPath.normal(target);
  }

  private static String with(
      String text, Map<String, String> values, UnaryOperator<String> escape) {
    Map<String, String> escaped = new TreeMap<>();
    for (String variable : Variables.in(text)) {
      escaped.put(variable, escape.apply(values.getOrDefault(variable, "")));
    }
    return Variables.fill(text, escaped);
  }

  /** RFC 8259, section 7. */
  private static String json(String value) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        escaped.append("\\u%04x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** A text as it is with any value in it. */
  static String withAny(String text) {
    Map<String, String> any = new TreeMap<>();
    Variables.in(text).forEach(variable -> any.put(variable, ANY));
    return Variables.fill(text, any);
  }

  /** Whether each variable of the content stands in a string of JSON. */
  static boolean inStrings(String content, String contentType) {
    Set<Integer> starts = Variables.starts(content);
    if (starts.isEmpty()) {
      return true;
    }
    String bare = content.strip();
    boolean json =
        (contentType.isEmpty() || JSON_TYPE.matcher(contentType).matches())
            && "{[\"".indexOf(bare.charAt(0)) >= 0;
    boolean within = false;
    boolean escaped = false;
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (starts.contains(i) && (!within || escaped)) {
        return false;
      }
      if (c == '"' && !escaped) {
        within = !within;
      }
      escaped = within && c == '\\' && !escaped;
    }
    return json;
  }
}
