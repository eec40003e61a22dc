package witan.domain.playbook;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Path and query of a request, so that what is compared with a prefix is what the other side will
 * read. What two readers could take for different paths is refused, not mended: dot segments, empty
 * segments, backslashes, parameters of segments, and slashes, dots or percent signs that are
 * percent-encoded. What RFC 3986 (6.2.2) calls equivalent has one form here. Pure.
 */
public final class HttpPath {
  /** Characters of path and query together. */
  public static final int MAX = 4_096;

  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,=:@%/-]*");
  private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final String AMBIGUOUS = "/\\%;.?#";

  private HttpPath() {}

  /** Why it is none, or one that could be read in two ways. */
  public static Optional<String> refuse(String target) {
    String path = path(target);
    String query = query(target);
    if (target.length() > MAX) {
      return Optional.of("longer than " + MAX + " characters");
    }
    if (!PATH.matcher(path).matches() || !QUERY.matcher(query).matches()) {
      return Optional.of("characters that stand in no path or query, or that mean two things");
    }
    if (BAD_ESCAPE.matcher(target).find()) {
      return Optional.of("a percent sign without two hexadecimal digits behind it");
    }
    return segments(path).or(() -> decoded(path));
  }

  private static Optional<String> segments(String path) {
    List<String> segments = List.of(path.substring(1).split("/", -1));
    if (segments.contains(".") || segments.contains("..")) {
      return Optional.of("a segment of dots");
    }
    return segments.subList(0, segments.size() - 1).contains("")
        ? Optional.of("an empty segment")
        : Optional.empty();
  }

  /** Overlong and broken UTF-8 has been read as dots and slashes too. */
  private static Optional<String> decoded(String path) {
    byte[] bytes = new byte[path.length()];
    int length = 0;
    for (int i = 0; i < path.length(); i++) {
      int value = path.charAt(i);
      if (value == '%') {
        value = Integer.parseInt(path.substring(i + 1, i + 3), 16);
        i += 2;
        if (value < ' ' || value == 0x7f || AMBIGUOUS.indexOf(value) >= 0) {
          return Optional.of("%%%02X in the path".formatted(value));
        }
      }
      bytes[length++] = (byte) value;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      return Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.of("bytes that are not UTF-8");
    }
  }

  /**
   * The one form of a target that is not refused: what need not be encoded is not, and hexadecimal
   * digits are upper case. The query stays as it is.
   */
  public static String normal(String target) {
    String path = path(target);
    StringBuilder normal = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '%') {
        normal.append(c);
        continue;
      }
      int value = Integer.parseInt(path.substring(i + 1, i + 3), 16);
      i += 2;
      if (unreserved(value)) {
        normal.append((char) value);
      } else {
        normal.append("%%%02X".formatted(value));
      }
    }
    return normal + target.substring(path.length());
  }

  /** Whether the path of a normal target is the prefix, or goes on below it. */
  public static boolean within(String target, String prefix) {
    String path = path(target);
    return path.equals(prefix) || path.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
  }

  /** Everything but what stands for itself everywhere is percent-encoded, as UTF-8. */
  static String encode(String value) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (unreserved(c)) {
        encoded.append((char) c);
      } else {
        encoded.append("%%%02X".formatted(c));
      }
    }
    return encoded.toString();
  }

  private static boolean unreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c < 0x80 && "-._~".indexOf(c) >= 0);
  }

  private static String path(String target) {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  private static String query(String target) {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }
}
