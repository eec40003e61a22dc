package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import witan.cluster.client.ApiClient;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Ballot;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Support;

/**
 * A proposal as the council shows it. What a ballot commits to is worked out here, from what is
 * shown to the voter, and not taken from the council: an API that shows one thing and lets sign
 * another is found out.
 */
final class Proposal {
  private final JsonNode json;
  private final CaseId caseId;

  private Proposal(JsonNode json, CaseId caseId) {
    this.json = json;
    this.caseId = caseId;
  }

  /** Fails when the proposal's hash is not that of the content that is shown. */
  static Proposal read(ApiClient api, String token, String caseId)
      throws IOException, InterruptedException {
    JsonNode json = api.get("/v1/proposals/" + caseId, token);
    Proposal proposal = new Proposal(json, new CaseId(caseId));
    String hash = Digest.of(Hashes.sha256(Json.canonical(json.path("content")))).hex();
    if (!hash.equals(json.path("proposalHash").asText())
        || !caseId.equals(json.at("/content/caseId").asText())) {
      throw new IllegalStateException(
          "the council shows a content whose hash is not the proposal's: do not sign, and tell the"
              + " other members");
    }
    if (!radiusDigest(json.path("blastRadius"))
        .equals(json.at("/content/blastRadius").asText(""))) {
      throw new IllegalStateException(
          "the council shows another blast radius than the one its proposal names: do not sign, and"
              + " tell the other members");
    }
    return proposal;
  }

  private static String radiusDigest(JsonNode radius) {
    return radius.isObject() ? Digest.of(Hashes.sha256(Json.canonical(radius))).hex() : "";
  }

  /** What the option would touch; missing where nobody tried it. */
  JsonNode radius(int option) {
    return json.path("blastRadius").path("options").path(option);
  }

  /** Whether it was only rendered. */
  boolean rehearsed() {
    return "rehearsal".equals(json.at("/blastRadius/adapter").asText());
  }

  JsonNode json() {
    return json;
  }

  List<JsonNode> options() {
    return List.copyOf(
        java.util.stream.StreamSupport.stream(json.at("/content/options").spliterator(), false)
            .toList());
  }

  /** A change of membership or rules; what is approved is that change and nothing else. */
  boolean governed() {
    return !json.at("/content/change").isMissingNode() && !json.at("/content/change").isNull();
  }

  /** How many things a ballot may approve: the options and no action, or the one change. */
  int choices() {
    return governed() ? 1 : options().size() + 1;
  }

  Instant deadline() {
    return Instant.parse(json.path("deadline").asText());
  }

  Eip712Domain domain() {
    return Json.read(Eip712Domain.class, json.path("domain"));
  }

  private Duration extension() {
    return Duration.parse(json.at("/policy/lateQuorumExtension").asText());
  }

  /** The ballot of that voter on record, if there is one. */
  Optional<JsonNode> ballotOf(Address voter) {
    for (JsonNode vote : json.path("votes")) {
      JsonNode ballot = vote.at("/signed/ballot");
      if (voter.hex().equals(ballot.path("voter").asText())) {
        return Optional.of(ballot);
      }
    }
    return Optional.empty();
  }

  Ballot ballot(Address voter, Support support, BigInteger optionMask, Digest reasonHash) {
    return new Ballot(
        Digest.of(Hashes.sha256(Hashes.utf8(caseId.value()))),
        new Digest(json.path("proposalHash").asText()),
        voter,
        support,
        optionMask,
        ballotOf(voter).map(last -> last.path("nonce").asLong() + 1).orElse(1L),
        // An extension of the vote shall not void a signature that was made before it.
        deadline().plus(extension()).getEpochSecond() + 1,
        reasonHash);
  }
}
