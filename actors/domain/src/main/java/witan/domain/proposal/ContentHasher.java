package witan.domain.proposal;

import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.SignedBallot;
import witan.domain.registry.CharterHasher;

/** SHA-256 over RFC 8785 JSON of content; implemented by the codec. Pure. */
public interface ContentHasher extends CharterHasher {
  Digest proposal(ProposalContent content);

  Digest policy(Policy policy);

  Digest electorate(Electorate electorate);

  /** {@code contentHash} of what a proposer signs. */
  Digest draft(Draft draft);

  /** The idempotency key of a ballot: digest over ballot and signature. */
  Digest ballot(SignedBallot ballot);

  /** Of an alert as it was normalised. */
  Digest alert(Alert alert);
}
