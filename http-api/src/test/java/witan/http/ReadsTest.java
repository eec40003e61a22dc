package witan.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.TrustFile;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.domain.api.Anchors;
import witan.domain.api.CaseQuery;
import witan.domain.api.CaseSummary;
import witan.domain.api.Health;
import witan.domain.common.Digest;
import witan.domain.detection.Severity;
import witan.domain.proposal.Phase;
import witan.domain.registry.FounderSignature;
import witan.http.auth.Role;
import witan.http.route.CouncilRoutes;
import witan.log.checkpoint.SignedNote;
import witan.log.proof.Proofs;
import witan.log.tree.Hash;

/** Council, cases, executions, the log, anchors, trust and health. */
class ReadsTest {
  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Api.Reply found(List<FounderSignature> signatures) {
    byte[] body = Json.canonical(new CouncilRoutes.Founding(Samples.CHARTER, signatures));
    return api.post(
        "/v1/council", "application/json", body, List.of("Idempotency-Key", "f-1"), Role.OPERATOR);
  }

  @Test
  void theCouncilIsFoundedWithEveryFoundersSignature() {
    FounderSignature ana = Samples.founding(Samples.ANA);
    FounderSignature ben = Samples.founding(Samples.BEN);
    found(List.of(ben, ana)).expect(201);
    assertEquals(
        List.of(ana, ben), api.council.foundings.get(0).signatures(), "order of the seats");
    assertEquals("f-1", api.council.foundings.get(0).idempotencyKey());
    assertEquals(Samples.CHARTER, api.council.foundings.get(0).charter());
    api.council.founded = FakeCouncil.receipt(true);
    found(List.of(ana, ben)).expect(200);
    api.council.founded = FakeCouncil.refused("council_exists");
    found(List.of(ana, ben)).expectProblem(409, "council_exists");
    api.council.founded = FakeCouncil.refused("charter_no_seats");
    found(List.of(ana, ben)).expectProblem(422, "charter_no_seats");
  }

  @Test
  void aFoundingWithoutEverySignatureIsRefused() {
    FounderSignature ana = Samples.founding(Samples.ANA);
    FounderSignature eve = Samples.founding(Samples.key("eve"));
    FounderSignature forged = new FounderSignature(Samples.address(Samples.BEN), eve.signature());
    found(List.of(ana)).expectProblem(422, "founder_signature_missing");
    found(List.of(ana, eve)).expectProblem(422, "founder_unknown");
    found(List.of(ana, ana)).expectProblem(422, "founder_unknown");
    found(List.of(ana, forged)).expectProblem(422, "signature_wrong_signer");
    assertTrue(api.council.foundings.isEmpty());
  }

  @Test
  void theCouncilIsRead() {
    api.get("/v1/council", Role.SENSOR).expectProblem(404, "council_not_found");
    api.council.registry = Samples.founded();
    JsonNode json = api.get("/v1/council", Role.SENSOR).expect(200).json();
    assertEquals(Samples.HASHER.charter(Samples.CHARTER).hex(), json.path("charterHash").asText());
    assertEquals(
        Samples.HASHER.policy(Samples.POLICY).hex(), json.at("/policies/0/digest").asText());
    assertEquals(1337, json.at("/domain/chainId").asInt());
    assertEquals("60", json.at("/charter/seats/0/tokens").asText(), "power is a decimal string");
    assertEquals("2026-11-23T01:02:03.000Z", json.path("foundedAt").asText());
  }

  @Test
  void listsPassTheirFiltersOn() {
    api.council.summaries.add(
        new CaseSummary(
            Samples.CASE,
            Phase.VOTING,
            "A shell",
            Severity.HIGH,
            Samples.alert().resource(),
            1,
            0,
            null,
            null,
            null,
            Samples.NOW.minusSeconds(9),
            Samples.NOW.minusSeconds(5),
            3,
            8));
    JsonNode json =
        api.get("/v1/cases?phase=voting&cluster=prod&severity=high&before=90&limit=5", Role.VOTER)
            .expect(200)
            .json();
    assertEquals(7, json.path("next").asInt());
    assertEquals(42, json.path("asOf").asInt());
    assertEquals("c-1", json.at("/items/0/caseId").asText());
    assertEquals("LOGGED", json.at("/items/0/assurance/level").asText());
    assertEquals(5, json.at("/items/0/assurance/ageSeconds").asInt());
    api.get("/v1/proposals", Role.VOTER).expect(200);
    assertEquals(
        List.of(
            new CaseQuery(Phase.VOTING, "prod", Severity.HIGH, false, 90L, 5),
            new CaseQuery(null, null, null, true, null, 50)),
        api.council.queries);
  }

  @Test
  void aCaseIsReadWithoutItsRawAlerts() {
    api.get("/v1/cases/c-1", Role.VOTER).expectProblem(404, "case_not_found");
    api.get("/v1/cases/NO!", Role.VOTER).expectProblem(404, "case_not_found");
    api.council.cases.put(Samples.CASE, Samples.observingCase());
    Api.Reply reply = api.get("/v1/cases/c-1", Role.VOTER).expect(200);
    JsonNode json = reply.json();
    assertEquals("OBSERVING", json.path("phase").asText());
    assertEquals("Terminal shell in container", json.at("/alerts/0/rule").asText());
    assertEquals("AlertRecorded", json.at("/events/1/type").asText());
    assertTrue(json.path("proposal").isNull());
    assertFalse(reply.text().contains("secret"));
    api.get("/v1/proposals/c-1", Role.VOTER).expectProblem(404, "proposal_not_found");
    api.get("/v1/executions/c-1", Role.VOTER).expectProblem(404, "execution_not_found");
  }

  @Test
  void aProposalTellsFractionsAndWhatIsMissing() {
    api.council.cases.put(Samples.CASE, Samples.votingCase());
    JsonNode json = api.get("/v1/proposals/c-1", Role.VOTER).expect(200).json();
    JsonNode tally = json.path("tally");
    assertEquals("PARTICIPATION", tally.path("mode").asText());
    assertEquals("40", tally.at("/quorum/numerator").asText());
    assertEquals("100", tally.at("/quorum/denominator").asText());
    assertEquals(6000, tally.at("/quorum/requiredBps").asInt());
    assertFalse(tally.at("/quorum/reached").asBoolean());
    assertTrue(tally.at("/support/reached").asBoolean());
    assertEquals("20", tally.at("/missing/quorum").asText());
    assertEquals("21", tally.at("/missing/settledApproval/power").asText(), "51 of 100 for");
    assertEquals("40", tally.at("/missing/settledRejection/power").asText(), "50 of 100 against");
    assertEquals("30", json.at("/options/0/approvedBy").asText());
    assertEquals("60", json.at("/votes/0/weight").asText());
    assertEquals("Isolate the pod", json.at("/options/0/option/title").asText());
    assertEquals("2026-11-23T01:07:03.000Z", json.path("deadline").asText());
  }

  @Test
  void aProposalShowsTheBlastRadiusThatItsHashCommitsTo() {
    api.council.cases.put(Samples.CASE, Samples.votingCase());
    api.council.radii.put(Samples.RADIUS_DIGEST, Samples.RADIUS);

    JsonNode json = api.get("/v1/proposals/c-1", Role.VOTER).expect(200).json();

    assertEquals(
        json.at("/content/blastRadius").asText(),
        Digest.of(Hashes.sha256(Json.canonical(json.path("blastRadius")))).hex());
    assertEquals("u-1", json.at("/blastRadius/options/0/objects/0/uid").asText());
    assertEquals("prod: no answer", json.at("/blastRadius/options/1/refusals/0").asText());
  }

  @Test
  void anExecutionShowsIntentsObservationsAndThatItWasRehearsed() {
    api.council.cases.put(Samples.CASE, Samples.executedCase());
    JsonNode json = api.get("/v1/executions/c-1", Role.AUDITOR).expect(200).json();
    assertTrue(json.path("rehearsed").asBoolean());
    assertEquals("REHEARSED", json.path("outcome").asText());
    assertEquals("REHEARSED", json.at("/steps/0/state").asText());
    assertEquals("c-1/step-1", json.at("/steps/0/intent/fence").asText());
    assertEquals("[]", json.at("/steps/0/observation/requests").asText());
    assertEquals("WAITING", json.at("/steps/1/state").asText());
  }

  @Test
  void aCaseSaysWhyItsExecutionEndedAsItDid() {
    api.council.cases.put(Samples.CASE, Samples.executedCase());
    JsonNode inCase = api.get("/v1/cases/c-1", Role.VOTER).expect(200).json().path("execution");
    JsonNode own = api.get("/v1/executions/c-1", Role.VOTER).expect(200).json();
    for (JsonNode execution : List.of(inCase, own)) {
      assertEquals("REHEARSED", execution.path("outcome").asText());
      assertEquals("step-2: was not begun", execution.path("detail").asText());
      assertEquals("2026-11-23T01:02:03.000Z", execution.path("endedAt").asText());
    }
  }

  @Test
  void aBundleIsAnAttachment() {
    Api.Reply reply = api.get("/v1/cases/c-1/bundle", Role.AUDITOR).expect(200);
    assertEquals("{}", reply.text());
    assertEquals("application/json", reply.header("content-type"));
    assertEquals("attachment; filename=\"c-1.witan\"", reply.header("content-disposition"));
    api.council.bundle = FakeCouncil.refused("case_not_found");
    api.get("/v1/cases/c-1/bundle", Role.AUDITOR).expectProblem(404, "case_not_found");
  }

  @Test
  void checkpointAndTilesAreStaticFilesAtBothPlaces() {
    for (String base : List.of("", "/v1/log")) {
      Api.Reply checkpoint = api.get(base + "/checkpoint").expect(200);
      assertEquals(FakeCouncil.NOTE, checkpoint.text());
      assertEquals("text/plain; charset=UTF-8", checkpoint.header("content-type"));
      assertEquals("no-cache", checkpoint.header("cache-control"));
      Api.Reply tile = api.get(base + "/tile/0/000.p/2").expect(200);
      assertEquals(64, tile.response().body().length);
      assertEquals("application/octet-stream", tile.header("content-type"));
      assertTrue(tile.header("cache-control").contains("immutable"));
      assertArrayEquals(
          new byte[] {0, 1, 2},
          api.get(base + "/tile/entries/000.p/2").expect(200).response().body());
      for (String none : List.of("0/000", "0/0", "0/000.p/02", "8/000", "entries/x000/000", "")) {
        api.get(base + "/tile/" + none).expectProblem(404, "tile_not_found");
      }
    }
  }

  @Test
  void entriesAndProofsVerifyAgainstTheCheckpoint() {
    Api.Reply entry = api.get("/v1/log/entries/1", Role.SENSOR).expect(200);
    assertArrayEquals(FakeCouncil.ENTRY_1, entry.response().body());
    assertEquals("application/json", entry.header("content-type"));
    for (String none : List.of("2", "-1", "01", "x", "99999999999999999999")) {
      api.get("/v1/log/entries/" + none, Role.SENSOR).expectProblem(404, "entry_not_found");
    }
    JsonNode proof = api.get("/v1/log/proof/inclusion?index=1", Role.SENSOR).expect(200).json();
    Hash root =
        SignedNote.open(proof.path("checkpoint").asText(), List.of(FakeCouncil.SIGNER.key()))
            .root();
    assertTrue(
        Proofs.verifyInclusion(1, 2, Hash.ofHex(proof.path("leaf").asText()), hashes(proof), root));
    JsonNode sized =
        api.get("/v1/log/proof/inclusion?index=1&size=2", Role.SENSOR).expect(200).json();
    assertEquals(proof.path("hashes"), sized.path("hashes"));
    JsonNode grown =
        api.get("/v1/log/proof/consistency?from=1&to=2", Role.SENSOR).expect(200).json();
    assertTrue(Proofs.verifyConsistency(1, 2, FakeCouncil.LEAF_0, root, hashes(grown)));
  }

  @Test
  void proofsOfNothingAreRefused() {
    inclusion("index=2").expectProblem(422, "range_invalid");
    inclusion("index=2&size=2").expectProblem(422, "range_invalid");
    inclusion("index=1&size=3").expectProblem(404, "proof_not_available");
    inclusion("index=x").expectProblem(400, "parameter_invalid");
    inclusion("index=1&size=0").expectProblem(400, "parameter_invalid");
    String base = "/v1/log/proof/consistency?";
    api.get(base + "from=0&to=2", Role.AUDITOR).expectProblem(422, "range_invalid");
    api.get(base + "from=3&to=2", Role.AUDITOR).expectProblem(422, "range_invalid");
    api.get(base + "from=1&to=9", Role.AUDITOR).expectProblem(404, "proof_not_available");
    api.get(base + "from=1", Role.AUDITOR).expectProblem(400, "parameter_missing");
  }

  private Api.Reply inclusion(String query) {
    return api.get("/v1/log/proof/inclusion?" + query, Role.AUDITOR);
  }

  private static List<Hash> hashes(JsonNode json) {
    List<Hash> hashes = new ArrayList<>();
    json.path("hashes").forEach(hash -> hashes.add(Hash.ofHex(hash.asText())));
    return hashes;
  }

  @Test
  void assuranceRisesWithTheAnchorAndFallsWithTheChainsIdentity() {
    Anchors.Anchored anchored =
        new Anchors.Anchored(
            2, "00".repeat(32), 1337, "0x01", "0x02", "0x03", 5, "0x04", Samples.NOW);
    api.council.cases.put(Samples.CASE, Samples.observingCase());
    api.council.anchoring =
        new Anchors.Status(
            Anchors.State.FOLLOWING,
            2,
            anchored,
            "following",
            new Anchors.Registry(1337, "0x01", "0x02"));
    JsonNode assurance = api.get("/v1/cases/c-1", Role.VOTER).json().path("assurance");
    assertEquals("ANCHORED", assurance.path("level").asText());
    assertEquals("0x03", assurance.at("/anchor/txHash").asText());
    JsonNode status = api.get("/v1/anchors", Role.VOTER).expect(200).json();
    assertEquals("FOLLOWING", status.path("state").asText());
    assertEquals(2, status.path("anchoredSize").asInt());
    assertEquals("0x02", status.at("/registry/contract").asText());
    assertEquals(1337, api.get("/v1/trust", Role.VOTER).json().at("/chain/chainId").asInt());
    api.council.anchoring =
        new Anchors.Status(Anchors.State.IDENTITY_CHANGED, 0, anchored, "another genesis");
    assurance = api.get("/v1/cases/c-1", Role.VOTER).json().path("assurance");
    assertEquals("LOGGED", assurance.path("level").asText());
    assertTrue(assurance.path("anchor").isMissingNode());
  }

  @Test
  void trustIsOnlyClaimed() {
    api.council.registry = Optional.of(Samples.registry());
    JsonNode json = api.get("/v1/trust", Role.AUDITOR).expect(200).json();
    assertTrue(json.path("warning").asText().contains("not from here"));
    assertEquals(FakeCouncil.ORIGIN, json.path("origin").asText());
    assertEquals(FakeCouncil.SIGNER.key().vkey(), json.path("logKey").asText());
    assertEquals(Samples.HASHER.charter(Samples.CHARTER).hex(), json.path("charterHash").asText());
  }

  @Test
  void whatTheCouncilClaimsIsATrustFileAsItStands() {
    api.council.registry = Optional.of(Samples.registry());
    api.council.anchoring =
        new Anchors.Status(
            Anchors.State.FOLLOWING,
            0,
            null,
            "following",
            new Anchors.Registry(1337, "0x" + "0A".repeat(32), "0x" + "c0".repeat(20)));

    TrustFile file =
        TrustFile.parse(
            api.get("/v1/trust", Role.AUDITOR).expect(200).text().getBytes(StandardCharsets.UTF_8));

    assertEquals(FakeCouncil.ORIGIN, file.origin());
    assertEquals(Samples.HASHER.charter(Samples.CHARTER), file.charterHash());
    assertEquals("0a".repeat(32), file.chain().genesisHash().hex());
    assertEquals(List.of(), file.witnesses());
  }

  @Test
  void healthTellsProbesLittleAndOperatorsMore() {
    api.get("/v1/health/live").expect(200);
    Api.Reply ready = api.get("/v1/health/ready").expect(200);
    assertEquals("journal", ready.json().at("/parts/0/name").asText());
    assertFalse(ready.text().contains("10.0.0.7"));
    assertTrue(api.get("/v1/health", Role.OPERATOR).expect(200).text().contains("10.0.0.7"));
    api.council.health =
        new Health.Report(false, List.of(new Health.Part("journal", false, true, "no answer")));
    assertFalse(api.get("/v1/health/ready").expect(503).json().path("ready").asBoolean());
    api.get("/v1/health/live").expect(200);
  }

  @Test
  void aProcessWithoutProgressIsNotAlive() {
    api.council.alive = false;
    assertFalse(api.get("/v1/health/live").expect(503).json().path("live").asBoolean(true));
    api.council.alive = true;
    assertTrue(api.get("/v1/health/live").expect(200).json().path("live").asBoolean());
  }

  @Test
  void statusTellsOperatorsWhereEverythingIs() {
    JsonNode status = api.get("/v1/status", Role.OPERATOR).expect(200).json();
    assertEquals("127.0.0.2:7420", status.path("sequencer").asText());
    assertTrue(status.path("anchorer").isNull());
    assertEquals("Up", status.at("/members/0/status").asText());
    assertEquals("log", status.at("/members/0/roles/1").asText());
    assertEquals(21, status.at("/sharding/0/shards").asInt());
    assertEquals(42, status.at("/log/size").asInt());
    assertTrue(status.at("/log/published").isNull());
    assertEquals(7, status.path("openCases").asInt());
    assertEquals(1, status.at("/counts/writerConflicts").asInt());
    assertEquals(2, status.at("/counts/badTimes").asInt());
    assertTrue(status.at("/health/ready").asBoolean());
    assertEquals("DISABLED", status.at("/anchors/state").asText());
  }
}
