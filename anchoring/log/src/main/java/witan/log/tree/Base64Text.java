package witan.log.tree;

import java.util.Base64;

/** Base 64 of RFC 4648 section 4 where every byte string has exactly one text. */
public final class Base64Text {
  private Base64Text() {}

  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Decodes canonical text only: the JDK's decoder lets missing padding and stray trailing bits
   * pass.
   *
   * @throws IllegalArgumentException if the text is not what {@link #encode} gives for its bytes
   */
  public static byte[] decode(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!encode(bytes).equals(text)) {
      throw new IllegalArgumentException("base64 is not canonical");
    }
    return bytes;
  }
}
