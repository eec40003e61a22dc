package witan.verifier.bundle;

import java.util.List;
import witan.ballot.BallotException;
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
import witan.domain.governance.Support;
import witan.domain.registry.SignedVeto;
import witan.domain.spi.SignatureCheck;

/** Recovers the signers of ballots and proposals. */
public final class BallotSignatures implements SignatureCheck {
  private static final StatementSignatures STATEMENTS = new StatementSignatures();

  /** The value that is signed is the position. */
  private static final List<Support> SIGNED =
      List.of(Support.AGAINST, Support.FOR, Support.ABSTAIN);

  @Override
  public Address recover(Eip712Domain domain, SignedBallot signed) {
    Ballot ballot = signed.ballot();
    try {
      VoteStruct vote =
          new VoteStruct(
              ballot.proposalId().hex(),
              ballot.proposalHash().hex(),
              ballot.voter().hex(),
              SIGNED.indexOf(ballot.support()),
              ballot.optionMask(),
              ballot.nonce(),
              ballot.deadline(),
              ballot.reasonHash().hex());
      byte[] digest = vote.digest(CouncilChecks.separator(domain));
      return new Address(Hex.of(Signatures.recover(digest, Hex.bytes(signed.signature(), 65))));
    } catch (BallotException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public Address recover(Eip712Domain domain, SignedVeto signed) {
    return STATEMENTS.recover(domain, signed.veto(), signed.signature());
  }

  @Override
  public Address recover(Eip712Domain domain, SignedDraft signed, Digest contentHash) {
    try {
      byte[] digest =
          new ProposalStruct(
                  contentHash.hex(), signed.proposer().hex(), signed.nonce(), signed.deadline())
              .digest(CouncilChecks.separator(domain));
      return new Address(Hex.of(Signatures.recover(digest, Hex.bytes(signed.signature(), 65))));
    } catch (BallotException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
