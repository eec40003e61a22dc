package witan.domain.common;

import java.util.HexFormat;
import java.util.Locale;

/**
 * An Ethereum address: the pseudonym of a member.
 *
 * @param hex {@code 0x} and 40 hexadecimal digits; kept in lower case, whatever case was given
 */
public record Address(String hex) {
  private static final int DIGITS = 40;

  public Address {
    hex = hex.toLowerCase(Locale.ROOT);
    if (hex.length() != 42 || !hex.startsWith("0x")) {
      throw new IllegalArgumentException("an address is 0x and 40 hexadecimal digits");
    }
    HexFormat.of().parseHex(hex, 2, 42);
  }

  /**
   * As people and other tools write it: in either case, with {@code 0x} or without. A checksum in
   * the case of its digits is not looked at.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Address read(String text) {
    return new Address(text.length() == DIGITS ? "0x" + text : text);
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex, 2, 42);
  }

  @Override
  public String toString() {
    return hex;
  }
}
