package witan.actors.execution;

import witan.ballot.BallotException;
import witan.ballot.Eip712;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.ballot.VoteStruct;
import witan.domain.common.Address;
import witan.domain.governance.Ballot;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignedBallot;
import witan.domain.spi.SignatureCheck;

/** Recovers voters from EIP-712 ballots. Thread-safe. */
public final class BallotSignatures implements SignatureCheck {
  @Override
  public Address recover(Eip712Domain domain, SignedBallot signed) {
    try {
      byte[] separator =
          Eip712.domainSeparator(
              new Eip712.Domain(
                  domain.name(),
                  domain.version(),
                  domain.chainId(),
                  domain.verifyingContract().hex()));
      byte[] digest = struct(signed.ballot()).digest(separator);
      return new Address(Hex.of(Signatures.recover(digest, Hex.bytes(signed.signature(), 65))));
    } catch (BallotException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @SuppressWarnings("EnumOrdinal") // the order of Support is fixed: it is the value that is signed
  private static VoteStruct struct(Ballot ballot) {
    return new VoteStruct(
        ballot.proposalId().hex(),
        ballot.proposalHash().hex(),
        ballot.voter().hex(),
        ballot.support().ordinal(),
        ballot.optionMask(),
        ballot.nonce(),
        ballot.deadline(),
        ballot.reasonHash().hex());
  }
}
