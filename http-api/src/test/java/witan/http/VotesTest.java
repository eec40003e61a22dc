package witan.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.ballot.Hex;
import witan.ballot.Keccak256;
import witan.ballot.Signatures;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.governance.Ballot;
import witan.domain.governance.SignedBallot;
import witan.domain.registry.RegistryChange;
import witan.http.auth.Role;

class VotesTest {
  private static final String VOTES = "/v1/proposals/c-1/votes";
  private static final BigInteger N =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
    api.council.registry = Samples.founded();
    api.council.cases.put(Samples.CASE, Samples.votingCase());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Api.Reply vote(SignedBallot signed, String... headers) {
    return api.post(
        VOTES, "application/json", Json.canonical(signed), List.of(headers), Role.VOTER);
  }

  private static SignedBallot good() {
    return Samples.signed(Samples.ballot(Samples.BEN), Samples.BEN);
  }

  @Test
  void aVoteIsAnsweredWithItsReceipt() {
    Api.Reply reply = vote(good(), "Idempotency-Key", "once").expect(201);
    JsonNode json = reply.json();
    assertEquals("case|c-1", json.path("pid").asText());
    assertEquals(4, json.path("seq").asInt());
    assertEquals(1, json.path("index").asInt());
    assertEquals(FakeCouncil.NOTE, json.path("checkpoint").asText());
    assertEquals("LOGGED", json.at("/assurance/level").asText());
    assertEquals("/v1/log/entries/1", reply.header("location"));
    assertEquals(List.of(good()), api.council.votes);
    assertEquals(List.of(Optional.of("once")), api.council.keys);
    api.council.cast = () -> CompletableFuture.completedFuture(FakeCouncil.receipt(true));
    assertTrue(vote(good()).expect(200).json().path("repeated").asBoolean());
  }

  @Test
  void badSignaturesAreRefusedOnTheNodeAndNothingIsCast() {
    String s = good().signature();
    vote(new SignedBallot(good().ballot(), "0x12")).expectProblem(422, "signature_malformed");
    vote(new SignedBallot(good().ballot(), "")).expectProblem(422, "signature_malformed");
    vote(new SignedBallot(good().ballot(), s.substring(4)))
        .expectProblem(422, "signature_malformed");
    vote(new SignedBallot(good().ballot(), "0x" + "0".repeat(128) + "1b"))
        .expectProblem(422, "signature_malformed");
    vote(new SignedBallot(good().ballot(), s.substring(0, 130) + "01"))
        .expectProblem(422, "signature_bad_v");
    vote(new SignedBallot(good().ballot(), malleable(s))).expectProblem(422, "signature_high_s");
    vote(Samples.signed(Samples.ballot(Samples.BEN), Samples.ANA))
        .expectProblem(422, "signature_wrong_signer");
    Ballot changed = Samples.ballot(Samples.ANA);
    vote(new SignedBallot(changed, s)).expectProblem(422, "signature_wrong_signer");
    assertTrue(api.council.votes.isEmpty());
  }

  /** The other valid point of the same signature: s' = n - s, v flipped. */
  private static String malleable(String signature) {
    BigInteger s = new BigInteger(signature.substring(66, 130), 16);
    String v = signature.endsWith("1b") ? "1c" : "1b";
    return signature.substring(0, 66) + String.format("%064x", N.subtract(s)) + v;
  }

  @Test
  void unknownAndMissingFieldsAreRefused() {
    String good = new String(Json.canonical(good()), StandardCharsets.UTF_8);
    post(good.replace("{\"ballot\"", "{\"x\":1,\"ballot\""))
        .expectProblem(400, "json_unknown_field");
    post(good.replace("\"nonce\":1,", "")).expectProblem(400, "json_missing_field");
    post(good.replace("\"nonce\":1,", "\"nonce\":\"1\",")).expectProblem(400, "json_wrong_type");
    post(good.replace("\"FOR\"", "\"MAYBE\"")).expectProblem(400, "json_bad_value");
    post(good.replace("\"nonce\":1,", "\"nonce\":9007199254740992,"))
        .expectProblem(400, "json_out_of_range");
    post(good.replace("\"optionMask\":\"1\"", "\"optionMask\":\"-1\""))
        .expectProblem(422, "field_malformed");
    assertTrue(api.council.votes.isEmpty());
  }

  private Api.Reply post(String body) {
    return api.post(VOTES, "application/json", body, Role.VOTER);
  }

  @Test
  void whatTheCaseRefusesHasItsOwnStatus() {
    Map<String, Integer> expected =
        Map.ofEntries(
            Map.entry("case_not_found", 404),
            Map.entry("case_closed", 409),
            Map.entry("voting_not_open", 409),
            Map.entry("voting_closed", 409),
            Map.entry("not_a_member", 403),
            Map.entry("double_vote", 409),
            Map.entry("wrong_phase", 409),
            Map.entry("wrong_proposal", 422),
            Map.entry("wrong_option_mask", 422),
            Map.entry("ballot_out_of_range", 422),
            Map.entry("signature_expired", 422),
            Map.entry("idempotency_key_reused", 409));
    expected.forEach(
        (code, status) -> {
          api.council.cast = () -> CompletableFuture.completedFuture(FakeCouncil.refused(code));
          vote(good()).expectProblem(status, code);
        });
    api.council.cast = () -> CompletableFuture.completedFuture(FakeCouncil.busy());
    vote(good()).expectProblem(503, "busy");
  }

  @Test
  void aKeyThatWasChangedIsToldWhichOneVotesNow() {
    // Given a member that changed its key after the founding
    Address fresh = new Address("0x" + "77".repeat(20));
    Address old = Samples.address(Samples.BEN);
    api.council.registry =
        Optional.of(
            Samples.after(
                new RegistryChange.ReplaceKey("ben", fresh), api.council.registry.orElseThrow()));
    api.council.cast = () -> CompletableFuture.completedFuture(FakeCouncil.refused("not_a_member"));
    // When the old one votes, then
    JsonNode problem = vote(good()).expectProblem(403, "key_rotated").json();
    assertTrue(problem.path("hint").asText().contains(fresh.hex()), problem.toString());
    assertTrue(problem.path("detail").asText().contains("ben"), problem.toString());
    // And the list of members knows it
    JsonNode line = api.get("/v1/members", Role.VOTER).expect(200).json().at("/items/1");
    assertEquals("ben", line.path("member").asText());
    assertEquals(old.hex(), line.at("/formerKeys/0").asText());
    assertEquals(1, line.path("formerKeys").size());
  }

  @Test
  void aKeyThatCameAfterTheVoteBeganIsToldWhichOneVotes() {
    byte[] later = Samples.key("ana, later");
    api.council.registry =
        Optional.of(
            Samples.after(
                new RegistryChange.ReplaceKey("ana", Samples.address(later)),
                api.council.registry.orElseThrow()));
    api.council.cast = () -> CompletableFuture.completedFuture(FakeCouncil.refused("not_a_member"));
    JsonNode problem =
        vote(Samples.signed(Samples.ballot(later), later)).expectProblem(403, "key_rotated").json();
    String hint = problem.path("hint").asText();
    assertTrue(hint.contains(Samples.address(Samples.ANA).hex()), hint);
    // And ben, who never had another key, is told nothing of the kind
    vote(good()).expectProblem(403, "not_a_member");
  }

  @Test
  void withoutACouncilThereIsNoDomainToSignIn() {
    api.council.registry = Optional.empty();
    vote(good()).expectProblem(404, "council_not_found");
    assertTrue(api.council.votes.isEmpty());
  }

  @Test
  void theServedTypedDataHashesToTheServedDigestByTheRulesOfEip712() {
    String voter = Signatures.checksummed(Signatures.addressOf(Samples.BEN));
    JsonNode json =
        api.get(
                "/v1/proposals/c-1/typed-data?voter=" + voter + "&support=for&options=0,1",
                Role.VOTER)
            .expect(200)
            .json();
    JsonNode typed = json.path("typedData");
    byte[] digest =
        Keccak256.hash(
            new byte[] {0x19, 0x01},
            hashStruct(typed, "EIP712Domain", typed.path("domain")),
            hashStruct(typed, "Vote", typed.path("message")));
    assertArrayEquals(digest, Hex.bytes(json.path("digest").asText(), 32));
    assertEquals("Vote", typed.path("primaryType").asText());
    assertEquals("3", typed.at("/message/optionMask").asText());
    assertEquals(1, typed.at("/message/support").asInt());

    // and the ballot that comes along is what that signature is good for
    Ballot ballot = Json.read(Ballot.class, json.path("ballot"));
    SignedBallot signed = new SignedBallot(ballot, Hex.of(Signatures.sign(digest, Samples.BEN)));
    vote(signed).expect(201);
    assertEquals(Samples.NOW.plusSeconds(361).getEpochSecond(), ballot.deadline());
    assertEquals(1, ballot.nonce());
  }

  @Test
  void theNonceGrowsWithEachBallotOfAVoter() {
    JsonNode json =
        api.get(
                "/v1/proposals/c-1/typed-data?support=abstain&voter="
                    + Samples.address(Samples.ANA),
                Role.VOTER)
            .expect(200)
            .json();
    assertEquals(2, json.at("/ballot/nonce").asInt());
    assertEquals("0", json.at("/ballot/optionMask").asText());
  }

  @Test
  void typedDataOfNothingIsRefused() {
    String voter = "voter=" + Samples.address(Samples.BEN);
    typed("support=for&options=0").expectProblem(400, "parameter_missing");
    typed(voter).expectProblem(400, "parameter_missing");
    typed(voter + "&support=for").expectProblem(400, "parameter_missing");
    typed(voter + "&support=maybe").expectProblem(400, "parameter_invalid");
    for (String options : List.of("3", "0,0", "-1", "", "0,", "x", "0x1")) {
      typed(voter + "&support=for&options=" + options).expectProblem(400, "parameter_invalid");
    }
    typed(voter + "&support=against&options=0").expectProblem(400, "parameter_invalid");
    typed(voter + "&support=against&reasonHash=1").expectProblem(400, "parameter_invalid");
    typed("voter=ben&support=against").expectProblem(422, "address_malformed");
    typed("voter=0xCd2a3d9F938E13CD947Ec05AbC7FE734Df8DD826&support=against")
        .expectProblem(422, "address_checksum");
    api.council.cases.put(Samples.CASE, Samples.observingCase());
    typed(voter + "&support=against").expectProblem(404, "proposal_not_found");
    api.council.cases.clear();
    typed(voter + "&support=against").expectProblem(404, "case_not_found");
  }

  private Api.Reply typed(String query) {
    return api.get("/v1/proposals/c-1/typed-data?" + query, Role.VOTER);
  }

  /** EIP-712, "Definition of hashStruct", from the JSON alone and for flat types. */
  private static byte[] hashStruct(JsonNode typed, String type, JsonNode value) {
    StringBuilder encodedType = new StringBuilder(type).append('(');
    ByteBuffer words = ByteBuffer.allocate(32 * (1 + typed.at("/types/" + type).size()));
    words.position(32);
    String comma = "";
    for (JsonNode field : typed.at("/types/" + type)) {
      String of = field.path("type").asText();
      encodedType.append(comma).append(of).append(' ').append(field.path("name").asText());
      comma = ",";
      String text = value.path(field.path("name").asText()).asText();
      if (of.equals("string")) {
        words.put(Keccak256.hash(text.getBytes(StandardCharsets.UTF_8)));
      } else {
        BigInteger number =
            text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
        words.put(Hex.bytes(String.format("%064x", number), 32));
      }
    }
    byte[] typeHash =
        Keccak256.hash(encodedType.append(')').toString().getBytes(StandardCharsets.UTF_8));
    words.put(0, typeHash);
    return Keccak256.hash(words.array());
  }
}
