package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.answers.Answers;
import witan.answers.votes.ProposalAnswer;
import witan.answers.votes.VoteLine;
import witan.cluster.client.ApiClient;
import witan.cluster.client.ApiRefusedException;
import witan.cluster.text.Roll;
import witan.codec.content.ElectorateJson;
import witan.codec.hash.Hashes;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Ballot;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Electorate;
import witan.domain.governance.OptionRadius;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Support;
import witan.domain.proposal.ProposalContent;

/**
 * A proposal as the council shows it. What a ballot commits to is worked out here, from what is
 * shown to the voter, and not taken from the council: an API that shows one thing and lets sign
 * another is found out.
 */
public final class Proposal {
  private static final JcsContentHasher HASHER = new JcsContentHasher();

  private final JsonNode json;
  private final ProposalAnswer answer;

  private Proposal(JsonNode json) {
    this.json = json;
    this.answer = Answers.read(ProposalAnswer.class, json);
  }

  /** Fails when the proposal's hash is not that of the content that is shown. */
  public static Proposal read(ApiClient api, String token, String caseId)
      throws IOException, InterruptedException {
    return of(api.get("/v1/proposals/" + caseId, token), caseId);
  }

  /** As {@link #read}, of an answer. */
  public static Proposal of(JsonNode json, String caseId) {
    String hash = Digest.of(Hashes.sha256(Json.canonical(json.path("content")))).hex();
    if (!hash.equals(json.path("proposalHash").asText())
        || !caseId.equals(json.at("/content/caseId").asText())) {
      throw doNotSign("a content whose hash is not the proposal's");
    }
    if (!radiusDigest(json.path("blastRadius"))
        .equals(json.at("/content/blastRadius").asText(""))) {
      throw doNotSign("another blast radius than the one its proposal names");
    }
    Proposal proposal = new Proposal(json);
    ProposalContent content = proposal.content();
    requirePolicy(proposal.answer.policy(), content.policyDigest());
    requirePolicy(proposal.answer.normalPolicy(), content.normalPolicyDigest());
    return proposal;
  }

  private static void requirePolicy(@Nullable Policy shown, @Nullable Digest named) {
    Digest digest = shown == null ? null : HASHER.policy(shown);
    if (digest == null ? named != null : !digest.equals(named)) {
      throw doNotSign("another policy than the one its proposal names");
    }
  }

  /** What the council shows is not what it lets sign. */
  static IllegalStateException doNotSign(String what) {
    return new IllegalStateException(
        "the council shows " + what + ": do not sign, and tell the other members");
  }

  private static String radiusDigest(JsonNode radius) {
    return radius.isObject() ? Digest.of(Hashes.sha256(Json.canonical(radius))).hex() : "";
  }

  /** What the option would touch; empty where nobody tried it. */
  Optional<OptionRadius> radius(int option) {
    return Optional.ofNullable(answer.blastRadius())
        .map(all -> all.options())
        .filter(all -> option < all.size())
        .map(all -> all.get(option));
  }

  public JsonNode json() {
    return json;
  }

  public ProposalAnswer answer() {
    return answer;
  }

  /** What the hash is the digest of. */
  public ProposalContent content() {
    return answer.content();
  }

  List<ResponseOption> options() {
    return content().options();
  }

  /** A change of membership or rules; what is approved is that change and nothing else. */
  boolean governed() {
    return content().change() != null;
  }

  /** How many things a ballot may approve: the options and no action, or the one change. */
  int choices() {
    return governed() ? 1 : options().size() + 1;
  }

  Eip712Domain domain() {
    return answer.domain();
  }

  /** The ballot of that voter on record, if there is one. */
  Optional<VoteLine> ballotOf(Address voter) {
    return answer.votes().stream()
        .filter(vote -> vote.signed().ballot().voter().equals(voter))
        .findFirst();
  }

  /**
   * Who votes, with what weight; fails where they are not those that the ballots commit to. Nobody
   * where the council has it no more.
   */
  public Roll roll(ApiClient api, String token) throws IOException, InterruptedException {
    byte[] bytes;
    try {
      bytes = api.getBytes("/v1/electorates/" + content().snapshotDigest(), token);
    } catch (ApiRefusedException refused) {
      if (refused.status() == 404) {
        return Roll.unknown();
      }
      throw refused;
    }
    JsonNode shown = Json.parse(bytes, Limits.ofBytes(2 * ElectorateJson.MAX_BYTES));
    Electorate electorate = Json.read(Electorate.class, shown.path("electorate"));
    if (!HASHER.electorate(electorate).equals(content().snapshotDigest())) {
      throw doNotSign("other members, or other weights, than its proposal names");
    }
    return Roll.of(electorate);
  }

  Ballot ballot(Address voter, Support support, BigInteger optionMask, Digest reasonHash) {
    Instant end = answer.deadline().plus(answer.policy().lateQuorumExtension());
    return new Ballot(
        Digest.of(Hashes.sha256(Hashes.utf8(content().caseId().value()))),
        answer.proposalHash(),
        voter,
        support,
        optionMask,
        ballotOf(voter).map(last -> last.signed().ballot().nonce() + 1).orElse(1L),
        // An extension of the vote shall not void a signature that was made before it.
        end.getEpochSecond() + 1,
        reasonHash);
  }
}
