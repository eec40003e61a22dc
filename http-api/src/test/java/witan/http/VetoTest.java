package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.CharterBuilder.aCharter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.codec.json.Json;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.common.Digest;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.Charter;
import witan.domain.registry.Guardians;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Veto;
import witan.http.auth.Role;
import witan.signing.TypedData;

class VetoTest {
  private static final String REASON = "It would cut off the hospital";
  private static final String PATH = "/v1/proposals/" + Samples.CASE + "/veto";

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
    Charter like = Samples.CHARTER;
    api.council.registry =
        Optional.of(
            Samples.registry(aCharter(like).guardians(Guardians.of(List.of("ana"))).build()));
    api.council.cases.put(Samples.CASE, Samples.votingCase());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Veto toSign() {
    Digest reasonHash = Samples.HASHER.text(REASON);
    JsonNode json =
        api.get(
                PATH
                    + "/typed-data?guardian="
                    + Samples.address(Samples.ANA)
                    + "&reasonHash="
                    + reasonHash.hex(),
                Role.VOTER)
            .expect(200)
            .json();
    Veto veto = Json.read(Veto.class, json.path("veto"));
    assertEquals(Hex.of(TypedData.digest(Samples.DOMAIN, veto)), json.path("digest").asText());
    assertEquals(api.council.registry.orElseThrow().charterHash(), veto.council());
    assertEquals("Veto", json.at("/typedData/primaryType").asText());
    assertEquals(veto.nonce(), json.at("/typedData/message/nonce").asLong());
    assertEquals(PATH, json.path("post").asText());
    return veto;
  }

  private static SignedVeto signed(Veto veto, byte[] key) {
    return new SignedVeto(
        veto, REASON, Hex.of(Signatures.sign(TypedData.digest(Samples.DOMAIN, veto), key)));
  }

  private Api.Reply post(SignedVeto signed, Role role) {
    return api.post(PATH, "application/json", Json.canonical(signed), List.of(), role);
  }

  @Test
  void whatIsOfferedForSigningIsTaken() {
    SignedVeto signed = signed(toSign(), Samples.ANA);
    JsonNode receipt = post(signed, Role.VOTER).expect(201).json();
    assertEquals(List.of(signed), api.council.vetoes);
    assertEquals(1, receipt.path("index").asInt());
  }

  @Test
  void somebodyElsesSignatureAndOtherRolesAreRefused() {
    Veto veto = toSign();
    post(signed(veto, Samples.BEN), Role.VOTER).expectProblem(422, "signature_wrong_signer");
    post(signed(veto, Samples.ANA), Role.OPERATOR).expectProblem(403, "forbidden");
    post(signed(veto, Samples.ANA), Role.SENSOR).expectProblem(403, "forbidden");
    assertTrue(api.council.vetoes.isEmpty());
  }

  @Test
  void refusalsHaveTheirStatus() {
    SignedVeto signed = signed(toSign(), Samples.ANA);
    api.council.vetoed = FakeCouncil.refused("veto_limit");
    post(signed, Role.VOTER).expectProblem(429, "veto_limit");
    api.council.vetoed = FakeCouncil.refused("not_a_guardian");
    post(signed, Role.VOTER).expectProblem(403, "not_a_guardian");
    api.council.vetoed = FakeCouncil.refused("nothing_to_veto");
    post(signed, Role.VOTER).expectProblem(409, "nothing_to_veto");
  }

  @Test
  void aQuestionWithoutAReasonIsRefused() {
    api.get(PATH + "/typed-data?guardian=" + Samples.address(Samples.ANA), Role.VOTER)
        .expectProblem(400, "parameter_missing");
    api.get(
            PATH + "/typed-data?guardian=" + Samples.address(Samples.ANA) + "&reasonHash=why",
            Role.VOTER)
        .expectProblem(400, "parameter_invalid");
  }

  @Test
  void theGuardiansAndTheirLimitsAreShown() {
    JsonNode json = api.get("/v1/guardians", Role.VOTER).expect(200).json();
    assertEquals("ana", json.at("/guardians/0/member").asText());
    assertTrue(json.at("/guardians/0/nextVetoAt").isNull());
    assertEquals(1, json.path("perGuardian").asInt());
    assertEquals("PT24H", json.path("guardianWindow").asText());
    assertEquals(3, json.path("perCouncil").asInt());
  }

  @Test
  void aProposalSaysWhoStoppedItAndWhy() {
    assertTrue(api.get("/v1/proposals/c-1", Role.VOTER).expect(200).json().path("veto").isNull());
    SignedVeto signed = new SignedVeto(toSign(), REASON, "0x" + "11".repeat(65));
    LoggedCase open = Samples.votingCase();
    List<LoggedEvent> events = new ArrayList<>(open.events());
    events.add(
        new LoggedEvent(
            99,
            1,
            "case|c-1",
            99,
            "ProposalVetoed",
            Samples.CASE,
            Samples.NOW,
            "guardian",
            new CaseEvent.ProposalVetoed(signed, 7, Samples.NOW)));
    api.council.cases.put(Samples.CASE, new LoggedCase(open.state(), 99, events));

    JsonNode json = api.get("/v1/proposals/c-1", Role.VOTER).expect(200).json();

    assertEquals(signed, Json.read(SignedVeto.class, json.path("veto")));
  }
}
