package witan.codec.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.erdtman.jcs.NumberToJSON;

/**
 * Writes RFC 8785 bytes. Stricter than the RFC in one point: a number that a double cannot hold is
 * refused instead of being rounded, so that no two documents share a digest. Not thread-safe.
 */
public final class CanonicalWriter {
  /** The greatest integer that every JSON reader keeps exactly. */
  public static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final BigInteger MAX_SAFE = BigInteger.valueOf(MAX_SAFE_INTEGER);

  private byte[] buffer = new byte[1024];
  private int size;

  public byte[] bytes() {
    return Arrays.copyOf(buffer, size);
  }

  /** One ASCII character of punctuation. */
  public CanonicalWriter raw(char c) {
    room(1);
    buffer[size++] = (byte) c;
    return this;
  }

  /** Text that is canonical already. */
  public CanonicalWriter raw(byte[] canonical) {
    room(canonical.length);
    System.arraycopy(canonical, 0, buffer, size, canonical.length);
    size += canonical.length;
    return this;
  }

  public CanonicalWriter raw(String ascii) {
    return raw(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  public CanonicalWriter name(String name) {
    return string(name).raw(':');
  }

  /**
   * An integer.
   *
   * @throws JsonRefused beyond +-(2^53-1)
   */
  public CanonicalWriter number(long value) {
    if (value > MAX_SAFE_INTEGER || value < -MAX_SAFE_INTEGER) {
      throw outOfRange(Long.toString(value));
    }
    return raw(Long.toString(value));
  }

  /**
   * A string, in quotes, escaped.
   *
   * @throws JsonRefused for half of a surrogate pair, which has no UTF-8
   */
  public CanonicalWriter string(String text) {
    raw('"');
    int length = text.length();
    room(length + 1);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (Character.isSurrogate(c)) {
        surrogates(text, i++);
      } else if (c < 0x800) {
        raw((char) (0xc0 | (c >> 6))).raw((char) (0x80 | (c & 0x3f)));
      } else {
        raw((char) (0xe0 | (c >> 12)))
            .raw((char) (0x80 | ((c >> 6) & 0x3f)))
            .raw((char) (0x80 | (c & 0x3f)));
      }
    }
    return raw('"');
  }

  /** Any document; numbers that a double cannot hold are refused. */
  public CanonicalWriter node(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> {
        raw('[');
        for (int i = 0; i < node.size(); i++) {
          (i == 0 ? this : raw(',')).node(node.get(i));
        }
        raw(']');
      }
      case STRING -> string(node.textValue());
      case BOOLEAN -> raw(node.booleanValue() ? "true" : "false");
      case NULL -> raw("null");
      case NUMBER -> number(node);
      default -> throw new IllegalArgumentException("no JSON: " + node.getNodeType());
    }
    return this;
  }

  private void object(JsonNode node) {
    // TreeMap orders by UTF-16 code units, as RFC 8785 section 3.2.3 wants
    Map<String, JsonNode> sorted = new TreeMap<>();
    node.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
    raw('{');
    boolean first = true;
    for (Map.Entry<String, JsonNode> e : sorted.entrySet()) {
      (first ? this : raw(',')).name(e.getKey()).node(e.getValue());
      first = false;
    }
    raw('}');
  }

  private void number(JsonNode node) {
    if (node.isIntegralNumber()) {
      BigInteger value = node.bigIntegerValue();
      if (value.abs().compareTo(MAX_SAFE) > 0) {
        throw outOfRange(node.asText());
      }
      raw(value.toString());
      return;
    }
    try {
      String text = NumberToJSON.serializeNumber(node.doubleValue());
      if (new BigDecimal(text).compareTo(node.decimalValue()) != 0) {
        throw outOfRange(node.asText());
      }
      raw(text);
    } catch (IOException | NumberFormatException notFinite) {
      throw outOfRange(node.asText());
    }
  }

  private void ascii(char c) {
    if (c >= 0x20 && c != '"' && c != '\\') {
      raw(c);
      return;
    }
    raw('\\');
    switch (c) {
      case '"', '\\' -> raw(c);
      case '\b' -> raw('b');
      case '\t' -> raw('t');
      case '\n' -> raw('n');
      case '\f' -> raw('f');
      case '\r' -> raw('r');
      default -> raw("u00").raw((char) HEX[c >> 4]).raw((char) HEX[c & 15]);
    }
  }

  private void surrogates(String text, int i) {
    if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
      throw new JsonRefused(
          "json_bad_text", "half of a surrogate pair in a string", "Send valid Unicode.");
    }
    int point = Character.toCodePoint(text.charAt(i), text.charAt(i + 1));
    raw((char) (0xf0 | (point >> 18)))
        .raw((char) (0x80 | ((point >> 12) & 0x3f)))
        .raw((char) (0x80 | ((point >> 6) & 0x3f)))
        .raw((char) (0x80 | (point & 0x3f)));
  }

  private void room(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }

  private static JsonRefused outOfRange(String number) {
    String shown = number.length() > 40 ? number.substring(0, 40) + "..." : number;
    return new JsonRefused(
        "json_out_of_range",
        "the number " + shown + " cannot be kept exactly",
        "Send integers beyond 2^53-1 as decimal strings.");
  }
}
