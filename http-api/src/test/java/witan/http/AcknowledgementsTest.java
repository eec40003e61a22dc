package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.domain.common.Digest;
import witan.domain.governance.Elector;
import witan.domain.governance.Urgency;
import witan.domain.proposal.Notice;
import witan.http.auth.Role;

class AcknowledgementsTest {
  private static final String RECEIPT = "/v1/proposals/c-1/receipt";

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
    api.council.registry = Samples.founded();
    api.council.cases.put(Samples.CASE, Samples.votingCase());
    api.council.electorates.put(
        Samples.votingCase().state().voting().content().snapshotDigest(),
        anElectorate()
            .council("council")
            .urgency(Urgency.URGENT)
            .electors(
                new Elector(Samples.address(Samples.BEN), "ben", "Beta", BigInteger.TEN, null))
            .build());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private String sign(byte[] voter, byte[] signer) {
    JsonNode toSign =
        api.get(RECEIPT + "?voter=" + Samples.address(voter), Role.VOTER).expect(200).json();
    assertEquals("Receipt", toSign.at("/typedData/primaryType").asText());
    byte[] digest = Hex.bytes(toSign.path("digest").asText(), 32);
    return Hex.of(Signatures.sign(digest, signer));
  }

  private Api.Reply post(byte[] voter, String signature) {
    return api.post(
        RECEIPT,
        "application/json",
        "{\"voter\":\"" + Samples.address(voter) + "\",\"signature\":\"" + signature + "\"}",
        Role.VOTER);
  }

  @Test
  void aSignedAcknowledgementIsNotedUnderTheMembersHandle() {
    String signature = sign(Samples.BEN, Samples.BEN);
    post(Samples.BEN, signature).expect(201);
    Notice notice = api.council.notices.get(0);
    assertEquals("ben", notice.member());
    assertEquals(Notice.Channel.ACKNOWLEDGED, notice.channel());
    assertEquals(signature, notice.signature());
    assertTrue(!notice.digest().equals(Digest.ZERO));
  }

  @Test
  void nobodyAcknowledgesForAnotherAndNoStrangerAtAll() {
    post(Samples.BEN, sign(Samples.BEN, Samples.ANA)).expectProblem(422, "signature_wrong_signer");
    post(Samples.ANA, sign(Samples.ANA, Samples.ANA)).expectProblem(403, "not_a_member");
    post(Samples.BEN, "0x12").expectProblem(422, "signature_malformed");
    assertTrue(api.council.notices.isEmpty());
  }

  @Test
  void whatWasNeverPutToTheVoteCannotBeAcknowledged() {
    api.council.cases.put(Samples.CASE, Samples.observingCase());
    post(Samples.BEN, "0x12").expectProblem(404, "proposal_not_found");
    api.post("/v1/proposals/none/receipt", "application/json", "{}", Role.VOTER)
        .expectProblem(400, "json_missing_field");
  }
}
