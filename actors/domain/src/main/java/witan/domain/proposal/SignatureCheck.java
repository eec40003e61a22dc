package witan.domain.proposal;

import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignatureRefused;
import witan.domain.governance.SignedBallot;
import witan.domain.registry.SignedStatement;
import witan.domain.registry.SignedVeto;

/** Recovers who signed a ballot (EIP-712); pure. */
@FunctionalInterface
public interface SignatureCheck {
  /**
   * Who signed.
   *
   * @throws SignatureRefused when no address can be recovered: malformed, high s, ...
   */
  Address recover(Eip712Domain domain, SignedBallot signed);

  /**
   * Who proposed; for a checker of ballots alone nobody.
   *
   * @param contentHash of the draft
   * @throws SignatureRefused as above
   */
  default Address recover(Eip712Domain domain, SignedDraft signed, Digest contentHash) {
    throw new SignatureRefused("signature_unrecoverable", "proposals are not checked here");
  }

  /**
   * Who vetoed; for a checker of ballots alone nobody.
   *
   * @throws SignatureRefused as above
   */
  default Address recover(Eip712Domain domain, SignedVeto signed) {
    throw new SignatureRefused("signature_unrecoverable", "vetoes are not checked here");
  }

  /**
   * Who said so; for a checker of ballots alone nobody.
   *
   * @throws SignatureRefused as above
   */
  default Address recover(Eip712Domain domain, SignedStatement signed) {
    throw new SignatureRefused("signature_unrecoverable", "statements are not checked here");
  }

  /**
   * Whether the alert was signed with the key that the signature names; for a checker of ballots
   * alone it was not. That the sensor has that key is not looked at.
   */
  default boolean signed(String councilId, Alert alert, AlertSignature signature) {
    return false;
  }

  /**
   * Who says to know of a vote; for a checker of ballots alone nobody.
   *
   * @param proposalId digest of the case's id
   * @param voter whom the signature speaks for
   * @param digest that the notice names
   * @throws SignatureRefused as above; {@code notice_digest} where that is another digest than the
   *     one that such a voter signs
   */
  default Address recover(
      Eip712Domain domain,
      Digest proposalId,
      Digest proposalHash,
      Address voter,
      Digest digest,
      String signature) {
    throw new SignatureRefused("signature_unrecoverable", "acknowledgements are not checked here");
  }
}
