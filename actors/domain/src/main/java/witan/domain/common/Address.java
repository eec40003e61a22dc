package witan.domain.common;

import java.util.HexFormat;
import java.util.Locale;

/**
 * An Ethereum address: the pseudonym of a member.
 *
 * @param hex {@code 0x} and 40 hexadecimal digits; kept in lower case, whatever case was given
 */
public record Address(String hex) {
  public Address {
    hex = hex.toLowerCase(Locale.ROOT);
    if (hex.length() != 42 || !hex.startsWith("0x")) {
      throw new IllegalArgumentException("an address is 0x and 40 hexadecimal digits");
    }
    HexFormat.of().parseHex(hex, 2, 42);
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex, 2, 42);
  }

  @Override
  public String toString() {
    return hex;
  }
}
