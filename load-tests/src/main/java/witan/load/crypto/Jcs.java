package witan.load.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** RFC 8785 for what this protocol uses: strings, whole numbers, booleans, null. */
public final class Jcs {
  private Jcs() {}

  /** Throws IllegalArgumentException for a number that is not whole. */
  public static byte[] bytes(JsonNode node) {
    StringBuilder out = new StringBuilder();
    write(node, out);
    return Hashes.utf8(out.toString());
  }

  private static void write(JsonNode node, StringBuilder out) {
    if (node.isObject()) {
      // String's order is that of UTF-16 code units, as section 3.2.3 asks.
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
      char separator = '{';
      for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
        out.append(separator);
        string(field.getKey(), out);
        out.append(':');
        write(field.getValue(), out);
        separator = ',';
      }
      out.append(sorted.isEmpty() ? "{}" : "}");
    } else if (node.isArray()) {
      out.append('[');
      for (int i = 0; i < node.size(); i++) {
        if (i > 0) {
          out.append(',');
        }
        write(node.get(i), out);
      }
      out.append(']');
    } else if (node.isTextual()) {
      string(node.textValue(), out);
    } else if (node.isIntegralNumber() || node.isBoolean() || node.isNull()) {
      out.append(node.asText());
    } else {
      throw new IllegalArgumentException("not whole: " + node);
    }
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> out.append(c < 0x20 ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    out.append('"');
  }
}
