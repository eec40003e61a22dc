package witan.signing;

import witan.ballot.BallotException;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.domain.common.Address;
import witan.domain.governance.SignatureRefused;

/** Addresses as people type them. */
public final class Addresses {
  private Addresses() {}

  /**
   * Reads {@code 0x} and 40 digits; where their case is mixed it is a checksum (EIP-55).
   *
   * @throws SignatureRefused {@code address_malformed} or {@code address_checksum}
   */
  public static Address read(String text) {
    try {
      return new Address(Hex.of(Signatures.parseAddress(text)));
    } catch (BallotException e) {
      throw new SignatureRefused(e.code(), String.valueOf(e.getMessage()));
    }
  }
}
