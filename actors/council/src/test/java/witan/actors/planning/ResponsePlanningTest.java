package witan.actors.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.CharterBuilder.aCharter;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.codec.json.Json;
import witan.codec.playbook.PlaybookDigest;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.PlaybookFacts;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Person;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;
import witan.domain.governance.Assurance;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Urgency;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.Phase;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.proposal.Voting;
import witan.domain.registry.Charter;
import witan.domain.registry.Delegation;
import witan.domain.registry.KeyRotation;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.SignedDelegation;
import witan.domain.registry.SignedRotation;
import witan.domain.waiting.WaitCode;
import witan.signing.TypedData;

class ResponsePlanningTest {
  private static final CaseId CASE = new CaseId("c-1");
  private static final Policy NORMAL = MemoryCouncil.policy(Assurance.IMMEDIATE);
  private static final Policy EXPEDITED =
      aPolicy(NORMAL)
          .named("expedited")
          .version(1)
          .window(Duration.ofMinutes(1))
          .quorum(8_000)
          .support(6_000)
          .build();

  private final MemoryCouncil council = new MemoryCouncil();

  private void found() {
    Charter like = MemoryCouncil.charter(Assurance.IMMEDIATE);
    List<PolicyTable.Row> rows = new ArrayList<>();
    rows.add(new PolicyTable.Row(Urgency.ROUTINE, 0, "paper", null, false));
    rows.add(new PolicyTable.Row(Urgency.ELEVATED, 0, "paper", null, false));
    rows.add(new PolicyTable.Row(Urgency.URGENT, 0, "expedited", "paper", true));
    council.found(
        aCharter(like).policies(NORMAL, EXPEDITED).table(new PolicyTable(1, rows)).build());
  }

  private Planned plan(CaseId caseId) throws Exception {
    RegistryLog registry = council.registry();
    return new ResponsePlanning(registry, council, new Playbooks(), council.playbooks(), council)
        .plan(caseId, council.state(caseId))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private static WaitCode why(Planned planned) {
    return assertInstanceOf(Planned.Waits.class, planned).why().code();
  }

  private void alert(String sensor, String id, Severity severity) {
    Alert like = MemoryCouncil.alert(sensor, id, "web-1");
    Alert alert =
        anAlert(like).sensor(sensor).id(id).severity(severity).ingestedAt(council.now).build();
    council.decide(CASE, new CaseCommand.RecordAlert(CASE, MemoryCouncil.ID, alert, "{}"));
  }

  /** Member 0 lets member 1 vote in its place, where it is urgent. */
  private void delegateForUrgentVotes() throws Exception {
    Delegation d =
        new Delegation(
            council.registryState().charterHash(),
            MemoryCouncil.address(0),
            MemoryCouncil.address(1),
            new Digest(String.format("%064x", 4)),
            1,
            council.now.plus(Duration.ofDays(30)).getEpochSecond());
    byte[] digest = TypedData.digest(MemoryCouncil.DOMAIN, d);
    council
        .toRegistry(
            MemoryCouncil.ID,
            new RegistryCommand.Delegate(
                new SignedDelegation(d, Hex.of(Signatures.sign(digest, MemoryCouncil.key(0))))))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    council.now = council.now.plus(Duration.ofDays(2));
  }

  private Electorate electorate(Voting voting) throws Exception {
    return Json.read(
        Electorate.class,
        council.get(voting.content().snapshotDigest()).toCompletableFuture().get().orElseThrow());
  }

  @Test
  void anUrgentIncidentOpensExpeditedWithTheDelegationsOfItsUrgency() throws Exception {
    found();
    delegateForUrgentVotes();
    alert("falco", "a1", Severity.CRITICAL);

    assertEquals(Planned.DONE, plan(CASE));

    Voting voting = council.state(CASE).voting();
    assertEquals(EXPEDITED, voting.policy());
    assertEquals(NORMAL, voting.normal());
    Electorate electorate = electorate(voting);
    assertEquals(Urgency.URGENT, electorate.urgency());
    assertEquals(1, electorate.delegators(MemoryCouncil.address(1)).size());
    for (Digest digest :
        List.of(voting.content().policyDigest(), voting.content().normalPolicyDigest())) {
      assertTrue(council.get(digest).toCompletableFuture().get().isPresent(), "policy is stored");
    }
  }

  /** The key of member 0 is reported stolen. */
  private void revoke() throws Exception {
    KeyRotation r =
        new KeyRotation(
            council.registryState().charterHash(),
            MemoryCouncil.address(0),
            KeyRotation.NOBODY,
            1,
            council.now.plus(Duration.ofDays(1)).getEpochSecond());
    byte[] digest = TypedData.digest(MemoryCouncil.DOMAIN, r);
    council
        .toRegistry(
            MemoryCouncil.ID,
            new RegistryCommand.RotateKey(
                new SignedRotation(r, Hex.of(Signatures.sign(digest, MemoryCouncil.key(0))), null)))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    assertEquals(2, council.registryState().seq());
  }

  private boolean votes(int member) throws Exception {
    return electorate(council.state(CASE).voting())
        .elector(MemoryCouncil.address(member))
        .isPresent();
  }

  @Test
  void aBackDatedAlertRevivesNoRevokedKey() throws Exception {
    found();
    council.now = MemoryCouncil.START.plus(Duration.ofDays(3));
    revoke();
    council.now = MemoryCouncil.START.plus(Duration.ofDays(2));
    alert("falco", "a1", Severity.CRITICAL);

    assertEquals(Planned.DONE, plan(CASE));

    assertFalse(votes(0));
    assertTrue(votes(1));
  }

  @Test
  void aRevocationThatIsLoggedAfterTheCaseIsForLaterCases() throws Exception {
    found();
    council.now = MemoryCouncil.START.plus(Duration.ofDays(3));
    alert("falco", "a1", Severity.CRITICAL);
    revoke();

    assertEquals(Planned.DONE, plan(CASE));

    assertTrue(votes(0));
  }

  @Test
  void noVoteOpensBeforeTheFeedHasPassedTheCase() throws Exception {
    found();
    alert("falco", "a1", Severity.CRITICAL);
    council.unpublished = 2;
    assertEquals(WaitCode.LOG_BEHIND, why(plan(CASE)));
    assertEquals(Phase.OBSERVING, council.state(CASE).phase());

    council.unpublished = 0;
    assertEquals(Planned.DONE, plan(CASE));
  }

  @Test
  void aRoutineIncidentOpensNormalAndWithoutThem() throws Exception {
    found();
    delegateForUrgentVotes();
    alert("falco", "a1", Severity.LOW);

    assertEquals(Planned.DONE, plan(CASE));

    Voting voting = council.state(CASE).voting();
    assertEquals(NORMAL, voting.policy());
    assertEquals(null, voting.normal());
    assertEquals(0, electorate(voting).delegators(MemoryCouncil.address(1)).size());
  }

  @Test
  void aPlanThatAnAlertHasOvertakenIsMadeAgain() throws Exception {
    found();
    alert("falco", "a1", Severity.HIGH);
    council.before =
        command -> {
          if (command instanceof CaseCommand.OpenVoting) {
            council.before = c -> java.util.Optional.empty();
            alert("suricata", "a2", Severity.HIGH);
          }
          return java.util.Optional.empty();
        };

    assertEquals(WaitCode.COMMAND_REFUSED, why(plan(CASE)));
    assertEquals(Phase.OBSERVING, council.state(CASE).phase());
    assertEquals(Planned.DONE, plan(CASE));
    assertEquals(EXPEDITED, council.state(CASE).voting().policy());
  }

  @Test
  void aMembersOptionThatUnderstatesItsImpactIsDismissed() throws Exception {
    found();
    assertEquals("wrong_impact", closeReason(propose(1)));
    CaseId honest = propose(ShippedPlaybooks.isolateWorkload().playbook().impact());
    assertEquals(Phase.VOTING, council.state(honest).phase());
    assertEquals(NORMAL, council.state(honest).voting().policy());
  }

  /** What an older release, or a case node that breaks the rules, may have logged. */
  @Test
  void aProposalThatItsProposerDidNotSignIsDismissedWithoutABond() throws Exception {
    found();
    CaseId honest = propose(ShippedPlaybooks.isolateWorkload().playbook().impact());
    CaseEvent.Proposed p = council.state(honest).proposed();
    CaseId caseId = new CaseId("p-forged");
    council.forge(caseId, new CaseEvent.CaseOpened(caseId, MemoryCouncil.ID, council.now));
    SignedDraft forged =
        MemoryCouncil.sign(p.signed().draft(), 0, p.signed().deadline(), MemoryCouncil.key(1));
    council.forge(caseId, new CaseEvent.Proposed(forged, p.contentHash(), council.now));
    council.commands.clear();
    plan(caseId);
    assertEquals("signature_wrong_signer", closeReason(caseId));
    assertEquals(List.of(new CaseCommand.DismissCase("signature_wrong_signer")), council.commands);
  }

  private String closeReason(CaseId caseId) {
    return council.state(caseId).closeReason();
  }

  /** What was published before there were connections. */
  @Test
  void aPlaybookInUseWithAnAddressOfItsOwnIsDismissed() throws Exception {
    found();
    ObjectNode document = ShippedPlaybooks.isolateWorkload().document().deepCopy();
    document.remove("signatures");
    JsonNode found = MissingNode.getInstance();
    for (JsonNode step : document.get("workflow")) {
      found = step.path("type").asText().equals("action") ? step : found;
    }
    ObjectNode step = (ObjectNode) found;
    step.remove("step_extensions");
    step.putArray("targets").add("http-api--1");
    step.putArray("commands")
        .addObject()
        .put("type", "http-api")
        .put("command", "GET /latest/meta-data");
    ObjectNode target = ((ObjectNode) document.get("target_definitions")).putObject("http-api--1");
    target.put("type", "http-api").put("name", "tickets");
    target.putObject("address").putArray("url").add("http://169.254.169.254");
    Digest digest = PlaybookDigest.of(document);
    PlaybookFacts facts = new PlaybookFacts("playbook--1", "t", 20, List.of(), true);
    council
        .playbooks()
        .publish(
            new PublishPlaybook("old", digest, facts, "", List.of(), new Person("ops", null), null),
            Json.canonical(document))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);

    CaseId caseId = propose(digest, document.path("impact").asInt());

    assertEquals("unknown_connection", closeReason(caseId));
  }

  private CaseId propose(int impact) throws Exception {
    return propose(ShippedPlaybooks.isolateWorkload().digest(), impact);
  }

  private CaseId propose(Digest playbook, int impact) throws Exception {
    Draft draft =
        new Draft(
            MemoryCouncil.ID,
            ProposalKind.INCIDENT,
            "Look at this",
            List.of(Digest.ZERO),
            List.of(
                new ResponseOption("Isolate", playbook, impact, List.of(Playbooks.POD), Map.of())),
            null);
    long deadline = council.now.getEpochSecond() + 600;
    SignedDraft signed = MemoryCouncil.sign(draft, 0, deadline, MemoryCouncil.key(0));
    CaseId caseId = DraftRules.caseId(signed, council.hasher());
    council.decide(caseId, new CaseCommand.Propose(caseId, signed, MemoryCouncil.DOMAIN));
    plan(caseId);
    return caseId;
  }
}
