package witan.signing;

import witan.ballot.Signatures;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignatureRefused;
import witan.domain.governance.SignedBallot;
import witan.domain.proposal.SignatureCheck;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.SignedStatement;
import witan.domain.registry.SignedVeto;

/**
 * Recovers voters, proposers, guardians, who knew of a vote and who said something of a case; knows
 * sensors by their word. Thread-safe.
 */
public final class BallotSignatures implements SignatureCheck {
  /** {@code native} or {@code java}: an operator should see when the slow one runs. */
  public static String backendName() {
    return Signatures.backendName();
  }

  @Override
  public Address recover(Eip712Domain domain, SignedBallot signed) {
    return Recovery.signer(signed.signature(), () -> TypedData.digest(domain, signed.ballot()));
  }

  @Override
  public Address recover(Eip712Domain domain, SignedVeto signed) {
    return Recovery.signer(signed.signature(), () -> TypedData.digest(domain, signed.veto()));
  }

  @Override
  public Address recover(Eip712Domain domain, SignedStatement signed) {
    return Recovery.signer(signed.signature(), () -> TypedData.digest(domain, signed.statement()));
  }

  @Override
  public Address recover(Eip712Domain domain, SignedDraft signed, Digest contentHash) {
    return Recovery.signer(signed.signature(), () -> TypedData.digest(domain, signed, contentHash));
  }

  @Override
  public boolean signed(String councilId, Alert alert, AlertSignature signature) {
    return AlertSignatures.signed(councilId, alert, signature);
  }

  @Override
  public Address recover(
      Eip712Domain domain,
      Digest proposalId,
      Digest proposalHash,
      Address voter,
      Digest digest,
      String signature) {
    byte[] signed = TypedData.receiptDigest(domain, proposalId, proposalHash, voter);
    if (!Digest.of(signed).equals(digest)) {
      throw new SignatureRefused(
          "notice_digest", "the voter signs " + Digest.of(signed) + ", the notice has " + digest);
    }
    return Recovery.signer(signature, () -> signed);
  }
}
