package witan.domain.common;

import java.util.HexFormat;
import java.util.Locale;

/**
 * A SHA-256 (or Keccak-256) digest.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {
  public static final Digest ZERO = new Digest("0".repeat(64));

  public Digest {
    if (hex.length() != 64 || !hex.equals(hex.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("a digest is 64 lower-case hexadecimal digits");
    }
    HexFormat.of().parseHex(hex);
  }

  /**
   * As people and other tools write it: in either case, with {@code 0x} or without.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Digest read(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return new Digest(lower.startsWith("0x") ? lower.substring(2) : lower);
  }

  public static Digest of(byte[] bytes) {
    return new Digest(HexFormat.of().formatHex(bytes));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
