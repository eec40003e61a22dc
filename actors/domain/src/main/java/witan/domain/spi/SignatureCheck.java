package witan.domain.spi;

import witan.domain.common.Address;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignedBallot;

/** Recovers who signed a ballot (EIP-712); pure. */
@FunctionalInterface
public interface SignatureCheck {
  /**
   * Who signed.
   *
   * @throws IllegalArgumentException when no address can be recovered: malformed, high s, ...
   */
  Address recover(Eip712Domain domain, SignedBallot signed);
}
