package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.Seat;
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

  /** Such a vote could only fail: it was opened all the same, and expired. */
  @Test
  void whatCouldNotBeAppliedIsNotVotedOn() {
    // Given a policy that changes and keeps its version
    Draft draft = policies(aPolicy(Samples.POLICY).window(Duration.ofMinutes(59)).build());
    propose(signed(draft, Samples.ANA), Role.VOTER).expectProblem(422, "change_policies");
    Draft everybody =
        new Draft(
            "acme",
            ProposalKind.MEMBERSHIP,
            "Nobody is left",
            List.of(),
            List.of(),
            new RegistryChange.RemoveMembers(
                Samples.CHARTER.seats().stream().map(Seat::member).toList()));
    propose(signed(everybody, Samples.ANA), Role.VOTER)
        .expectProblem(409, "change_no_voting_power");
    assertTrue(api.council.proposed.isEmpty());

    // When the version is a later one, then it is
    propose(
            signed(
                policies(
                    aPolicy(Samples.POLICY)
                        .window(Duration.ofMinutes(59))
                        .version(Samples.POLICY.version() + 1)
                        .build()),
                Samples.ANA),
            Role.VOTER)
        .expect(201);
  }

  /** Or a repeat would be refused for what the first one did. */
  @Test
  void aProposalThatIsThereIsAnsweredAsBeforeWhateverBecameOfIt() {
    SignedDraft signed =
        signed(
            policies(aPolicy(Samples.POLICY).window(Duration.ofMinutes(59)).build()), Samples.ANA);
    api.council.cases.put(DraftRules.caseId(signed, Samples.HASHER), Samples.votingCase());
    propose(signed, Role.VOTER).expect(201);
    assertEquals(List.of(signed), api.council.proposed);
  }

  private static Draft policies(Policy policy) {
    return new Draft(
        "acme",
        ProposalKind.POLICY,
        "Another window",
        List.of(),
        List.of(),
        new RegistryChange.AdoptPolicies(List.of(policy)));
  }
}
