package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.SignedStatement;
import witan.domain.reputation.Verdict;
import witan.http.auth.Role;
import witan.signing.TypedData;

/** What members say of cases. */
class MemberStatementsTest {
  private static final String REASON = "The owner says so";
  private static final String CONFIRM = "/v1/cases/c-1/steps/p1%2Faction--1%232/confirm";
  private static final String VERDICT = "/v1/cases/c-1/verdict";
  private static final String CONTAINMENT_ON = "/v1/containment/on";

  private static final String ABORT = "/v1/cases/c-1/abort";

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
    api.council.registry = Samples.founded();
    api.council.cases.put(Samples.CASE, Samples.executedCase());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private MemberStatement toSign(String path, String more) {
    JsonNode json =
        api.get(
                path
                    + "/typed-data?member="
                    + Samples.address(Samples.ANA)
                    + "&reasonHash="
                    + Samples.HASHER.text(REASON).hex()
                    + more,
                Role.VOTER)
            .expect(200)
            .json();
    MemberStatement statement = Json.read(MemberStatement.class, json.path("statement"));
    assertEquals(Hex.of(TypedData.digest(Samples.DOMAIN, statement)), json.path("digest").asText());
    assertEquals(Samples.HASHER.charter(Samples.CHARTER), statement.council());
    assertEquals(statement.getClass().getSimpleName(), json.at("/typedData/primaryType").asText());
    assertEquals("0x" + statement.caseId().hex(), json.at("/typedData/message/caseId").asText());
    assertEquals(path, json.path("post").asText());
    return statement;
  }

  private static SignedStatement signed(MemberStatement statement, byte[] key) {
    return new SignedStatement(
        statement,
        REASON,
        Hex.of(Signatures.sign(TypedData.digest(Samples.DOMAIN, statement), key)));
  }

  private Api.Reply post(String path, SignedStatement signed, Role role) {
    return api.post(path, "application/json", Json.canonical(signed), List.of(), role);
  }

  @Test
  void whatIsOfferedForAStepIsTaken() {
    MemberStatement.ConfirmStep said = (MemberStatement.ConfirmStep) toSign(CONFIRM, "&done=false");
    assertEquals(Samples.HASHER.text("c-1"), said.caseId());
    assertEquals(Samples.HASHER.text("p1/action--1#2"), said.stepId());
    assertEquals(false, said.done());
    SignedStatement signed = signed(said, Samples.ANA);
    post(CONFIRM, signed, Role.VOTER).expect(201);
    post(CONFIRM, signed, Role.OPERATOR).expect(201);
    assertEquals(List.of(signed, signed), api.council.statements);
  }

  @Test
  void whatIsOfferedForAnAbortIsTaken() {
    MemberStatement.Abort said = (MemberStatement.Abort) toSign(ABORT, "&undo=false");
    assertEquals(false, said.undo());
    assertEquals(true, ((MemberStatement.Abort) toSign(ABORT, "")).undo());
    SignedStatement signed = signed(said, Samples.ANA);
    post(ABORT, signed, Role.VOTER).expect(201);
    post(ABORT, signed, Role.OPERATOR).expect(201);
    assertEquals(List.of(signed, signed), api.council.statements);
    post(ABORT, signed, Role.AUDITOR).expectProblem(403, "forbidden");
    post(ABORT, signed(said, Samples.BEN), Role.VOTER).expectProblem(422, "signature_wrong_signer");
    api.council.founded = FakeCouncil.refused("execution_ended");
    post(ABORT, signed, Role.OPERATOR).expectProblem(409, "execution_ended");
  }

  @Test
  void aTokenAloneAbortsNothing() {
    Api.Reply reply =
        api.post(ABORT, "application/json", "{\"reason\":\"the wrong pod\"}", Role.OPERATOR);
    reply.expectProblem(422, "statement_required");
    assertTrue(reply.json().path("hint").asText().contains("./witan vote abort"));
    assertTrue(api.council.statements.isEmpty());
  }

  @Test
  void aTokenAloneConfirmsNothing() {
    Api.Reply reply =
        api.post(CONFIRM, "application/json", "{\"did\":true,\"note\":\"\"}", Role.OPERATOR);
    reply.expectProblem(422, "statement_required");
    assertTrue(reply.json().path("hint").asText().contains("./witan vote confirm"));
    assertTrue(api.council.statements.isEmpty());
  }

  @Test
  void whatIsOfferedForAVerdictIsTaken() {
    MemberStatement.Verdict said =
        (MemberStatement.Verdict) toSign(VERDICT, "&verdict=FALSE_POSITIVE");
    assertEquals(Samples.HASHER.text("c-1"), said.caseId());
    assertEquals(Verdict.FALSE_POSITIVE, said.verdict());
    SignedStatement signed = signed(said, Samples.ANA);
    post(VERDICT, signed, Role.VOTER).expect(201);
    assertEquals(List.of(signed), api.council.statements);
  }

  @Test
  void noTokenJudges() {
    Api.Reply reply =
        api.post(VERDICT, "application/json", "{\"verdict\":\"DUPLICATE\"}", Role.OPERATOR);
    reply.expectProblem(422, "statement_required");
    assertTrue(reply.json().path("hint").asText().contains("./witan vote verdict"));
    api.get(
            VERDICT
                + "/typed-data?member="
                + Samples.address(Samples.ANA)
                + "&reasonHash="
                + "0".repeat(64),
            Role.VOTER)
        .expectProblem(400, "parameter_missing");
    assertTrue(api.council.statements.isEmpty());
  }

  @Test
  void whatIsOfferedForSwitchingContainmentOnIsAboutNoCaseAndTaken() {
    MemberStatement said = toSign(CONTAINMENT_ON, "");
    assertEquals(Digest.ZERO, said.caseId());
    SignedStatement signed = signed(said, Samples.ANA);
    post(CONTAINMENT_ON, signed, Role.VOTER).expect(201);
    assertEquals(List.of(signed), api.council.statements);
    api.post(CONTAINMENT_ON, "application/json", "{\"on\":true}", Role.OPERATOR)
        .expectProblem(422, "statement_required");
  }

  @Test
  void somebodyElsesSignatureAndOtherRolesAreRefused() {
    MemberStatement said = toSign(CONFIRM, "");
    post(CONFIRM, signed(said, Samples.BEN), Role.VOTER)
        .expectProblem(422, "signature_wrong_signer");
    post(CONFIRM, signed(said, Samples.ANA), Role.AUDITOR).expectProblem(403, "forbidden");
    assertTrue(api.council.statements.isEmpty());
  }
}
