package witan.codec.hash;

import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.SignedBallot;
import witan.domain.proposal.ContentHasher;
import witan.domain.proposal.Draft;
import witan.domain.proposal.ProposalContent;
import witan.domain.registry.Charter;

/** SHA-256 over the RFC 8785 JSON of the record. Thread-safe. */
public final class JcsContentHasher implements ContentHasher {
  @Override
  public Digest proposal(ProposalContent content) {
    return of(content);
  }

  @Override
  public Digest policy(Policy policy) {
    return of(policy);
  }

  @Override
  public Digest electorate(Electorate electorate) {
    return of(electorate);
  }

  @Override
  public Digest charter(Charter charter) {
    return of(charter);
  }

  @Override
  public Digest draft(Draft draft) {
    return of(draft);
  }

  @Override
  public Digest ballot(SignedBallot ballot) {
    return of(ballot);
  }

  @Override
  public Digest alert(Alert alert) {
    return of(alert);
  }

  @Override
  public Digest text(String text) {
    return Digest.of(Hashes.sha256(Hashes.utf8(text)));
  }

  private static Digest of(Object content) {
    return Digest.of(Hashes.sha256(Json.canonical(content)));
  }
}
