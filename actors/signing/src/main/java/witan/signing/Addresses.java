package witan.signing;

import witan.ballot.BallotException;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.domain.common.Address;
import witan.domain.governance.SignatureRefused;

/** Addresses as people type them. */
public final class Addresses {
  private static final int DIGITS = 40;

  private Addresses() {}

  /**
   * Reads 40 digits with {@code 0x} or without; where their case is mixed it is a checksum
   * (EIP-55).
   *
   * @throws SignatureRefused {@code address_malformed} or {@code address_checksum}
   */
  public static Address read(String text) {
    String prefixed = text.length() == DIGITS ? "0x" + text : text;
    try {
      return new Address(Hex.of(Signatures.parseAddress(prefixed)));
    } catch (BallotException e) {
      throw new SignatureRefused(e.code(), String.valueOf(e.getMessage()));
    }
  }
}
