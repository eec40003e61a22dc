package witan.domain.registry;

import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignatureRefused;

/** Recovers who signed a statement to the registry (EIP-712); pure. */
@FunctionalInterface
public interface StatementCheck {
  /**
   * Who signed.
   *
   * @throws SignatureRefused when no address can be recovered: malformed, high s, ...
   */
  Address recover(Eip712Domain domain, Statement statement, String signature);

  /**
   * Which founder signed; for a checker of statements alone nobody.
   *
   * @throws SignatureRefused as above
   */
  default Address recover(Eip712Domain domain, Digest charterHash, FounderSignature founder) {
    throw new SignatureRefused("signature_unrecoverable", "foundings are not checked here");
  }
}
