package witan.actors.execution;

import java.util.function.Supplier;
import witan.actors.entity.StatementSignatures;
import witan.ballot.BallotException;
import witan.ballot.Eip712;
import witan.ballot.Hex;
import witan.ballot.ProposalStruct;
import witan.ballot.Signatures;
import witan.ballot.VoteStruct;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Ballot;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.SignedDraft;
import witan.domain.registry.SignedVeto;
import witan.domain.spi.SignatureCheck;

/** Recovers voters and proposers from EIP-712 signatures. Thread-safe. */
public final class BallotSignatures implements SignatureCheck {
  private static final StatementSignatures STATEMENTS = new StatementSignatures();

  @Override
  public Address recover(Eip712Domain domain, SignedBallot signed) {
    return recovered(signed.signature(), () -> struct(signed.ballot()).digest(separator(domain)));
  }

  @Override
  public Address recover(Eip712Domain domain, SignedVeto signed) {
    return STATEMENTS.recover(domain, signed.veto(), signed.signature());
  }

  @Override
  public Address recover(Eip712Domain domain, SignedDraft signed, Digest contentHash) {
    return recovered(
        signed.signature(),
        () ->
            new ProposalStruct(
                    contentHash.hex(), signed.proposer().hex(), signed.nonce(), signed.deadline())
                .digest(separator(domain)));
  }

  private static Address recovered(String signature, Supplier<byte[]> digest) {
    try {
      return new Address(Hex.of(Signatures.recover(digest.get(), Hex.bytes(signature, 65))));
    } catch (BallotException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static byte[] separator(Eip712Domain domain) {
    return Eip712.domainSeparator(
        new Eip712.Domain(
            domain.name(), domain.version(), domain.chainId(), domain.verifyingContract().hex()));
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
