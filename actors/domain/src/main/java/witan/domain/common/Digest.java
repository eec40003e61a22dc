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
