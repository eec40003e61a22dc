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
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.RegistryChange;
import witan.http.auth.Role;
import witan.http.route.ProposalRoutes;
import witan.signing.TypedData;

class ProposalsTest {
  private static final Draft DRAFT =
      new Draft(
          "acme",
          ProposalKind.MEMBERSHIP,
          "Ben leaves",
          List.of(),
          List.of(),
          new RegistryChange.RemoveMembers(List.of("ben")));

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
    api.council.registry = Samples.founded();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static SignedDraft signed(Draft draft, byte[] key) {
    long deadline = Samples.NOW.getEpochSecond() + 600;
    SignedDraft unsigned = new SignedDraft(draft, Samples.address(Samples.ANA), 3, deadline, "");
    byte[] digest = TypedData.digest(Samples.DOMAIN, unsigned, Samples.HASHER.draft(draft));
    return new SignedDraft(
        draft, unsigned.proposer(), 3, deadline, Hex.of(Signatures.sign(digest, key)));
  }

  private Api.Reply propose(SignedDraft signed, Role role) {
    return api.post("/v1/proposals", "application/json", Json.canonical(signed), List.of(), role);
  }

  @Test
  void aSignedProposalOpensTheCaseThatItNames() {
    SignedDraft signed = signed(DRAFT, Samples.ANA);
    Api.Reply reply = propose(signed, Role.VOTER).expect(201);
    assertEquals(List.of(signed), api.council.proposed);
    assertEquals(1, reply.json().path("index").asInt());
  }

  @Test
  void somebodyElsesSignatureAndAnotherCouncilAreRefused() {
    propose(signed(DRAFT, Samples.BEN), Role.VOTER).expectProblem(422, "signature_wrong_signer");
    Draft other =
        new Draft("beta", DRAFT.kind(), DRAFT.title(), List.of(), List.of(), DRAFT.change());
    propose(signed(other, Samples.ANA), Role.VOTER).expectProblem(422, "draft_not_this_council");
    Draft wrong =
        new Draft("acme", ProposalKind.POLICY, DRAFT.title(), List.of(), List.of(), DRAFT.change());
    propose(signed(wrong, Samples.ANA), Role.VOTER).expectProblem(422, "draft_change");
    propose(signed(DRAFT, Samples.ANA), Role.SENSOR).expectProblem(403, "forbidden");
    assertTrue(api.council.proposed.isEmpty());
  }

  @Test
  void theTypedDataIsWhatHasToBeSigned() {
    SignedDraft signed = signed(DRAFT, Samples.ANA);
    JsonNode json =
        api.post(
                "/v1/proposal-drafts",
                "application/json",
                Json.canonical(
                    new ProposalRoutes.Unsigned(
                        DRAFT, signed.proposer(), signed.nonce(), signed.deadline())),
                List.of(),
                Role.VOTER)
            .expect(200)
            .json();
    Digest hash = Samples.HASHER.draft(DRAFT);
    assertEquals(hash.hex(), json.path("contentHash").asText());
    assertEquals(DraftRules.caseId(signed, Samples.HASHER).value(), json.path("caseId").asText());
    assertEquals("Proposal", json.at("/typedData/primaryType").asText());
    assertEquals(
        Hex.of(TypedData.digest(Samples.DOMAIN, signed, hash)), json.path("digest").asText());
    assertTrue(json.path("problem").isNull(), json.toString());
  }

  @Test
  void whatCouldNotBeAppliedIsSaidBeforeItIsSigned() {
    Draft draft =
        new Draft(
            "acme",
            ProposalKind.POLICY,
            "A table",
            List.of(),
            List.of(),
            new RegistryChange.AdoptPolicies(
                List.of(Samples.POLICY),
                new PolicyTable(
                    1, List.of(new PolicyTable.Row(Urgency.URGENT, 0, "none", null, false)))));
    SignedDraft signed = signed(draft, Samples.ANA);
    JsonNode json =
        api.post(
                "/v1/proposal-drafts",
                "application/json",
                Json.canonical(
                    new ProposalRoutes.Unsigned(
                        draft, signed.proposer(), signed.nonce(), signed.deadline())),
                List.of(),
                Role.VOTER)
            .expect(200)
            .json();
    assertEquals("change_table", json.at("/problem/code").asText());
    String message = json.at("/problem/message").asText();
    assertTrue(message.contains("/rows/0/policy table_no_policy"), message);
    assertTrue(message.contains("/rows table_gap"), message);
  }
}
