package witan.ballot;

import java.util.HexFormat;
import java.util.Locale;

/** Hexadecimal as Ethereum's tools write it: {@code 0x} and lower-case digits. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  /** {@code 0x} and two lower-case digits for each byte. */
  public static String of(byte[] bytes) {
    return "0x" + FORMAT.formatHex(bytes);
  }

  /**
   * Reads exactly {@code length} bytes, in either case, with or without the prefix {@code 0x}.
   *
   * @throws BallotException ({@code field_malformed}) for anything else
   */
  public static byte[] bytes(String hex, int length) {
    int from = hex.startsWith("0x") ? 2 : 0;
    if (hex.length() - from != 2 * length) {
      throw malformed(length);
    }
    try {
      return FORMAT.parseHex(hex, from, hex.length());
    } catch (IllegalArgumentException notHex) {
      throw malformed(length);
    }
  }

  /** The same value as {@link #of} would write it; refuses what {@link #bytes} refuses. */
  static String canonical(String hex, int length) {
    bytes(hex, length);
    String lower = hex.toLowerCase(Locale.ROOT);
    return lower.startsWith("0x") ? lower : "0x" + lower;
  }

  private static BallotException malformed(int length) {
    return new BallotException(
        BallotException.FIELD_MALFORMED, "expected " + length + " bytes as hexadecimal digits");
  }
}
