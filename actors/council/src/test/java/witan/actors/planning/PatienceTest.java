package witan.actors.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.codec.playbook.PlaybookImpact;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.api.LoggedEvent;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Assurance;
import witan.domain.governance.ResponseOption;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.Phase;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.waiting.WaitCode;

class PatienceTest {
  private static final CaseId CASE = new CaseId("c-1");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Digest ALERT = MemoryCouncil.alert("falco", "a1", "web-1").rawDigest();

  private static final ShippedPlaybooks.Shipped SHIPPED = ShippedPlaybooks.isolateWorkload();
  private static final int IMPACT = PlaybookImpact.of(SHIPPED.document());

  private final MemoryCouncil council = new MemoryCouncil();

  /** As a node that has just read the whole log. */
  private Planned plan(CaseId caseId) throws Exception {
    HandProposals proposals = new HandProposals();
    for (LoggedEvent event :
        council
            .from(0, 1_000)
            .thenCompose(council.decoder()::decode)
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS)) {
      proposals.follow(event);
    }
    return new ResponsePlanning(
            council.registry(),
            council,
            observed -> CompletableFuture.completedFuture(List.of()),
            council.playbooks(),
            council,
            (id, chosen) -> CompletableFuture.completedFuture(Optional.empty()),
            new Patience(HOUR, proposals, () -> council.now))
        .plan(caseId, council.state(caseId))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private void alert() {
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "{}"));
  }

  private CaseId proposed(Digest alert, Digest playbook) {
    Draft draft =
        new Draft(
            MemoryCouncil.ID,
            ProposalKind.INCIDENT,
            "Look at this",
            List.of(alert),
            List.of(
                new ResponseOption("Isolate", playbook, IMPACT, List.of(Playbooks.POD), Map.of())),
            null);
    SignedDraft signed =
        MemoryCouncil.sign(draft, 0, council.now.getEpochSecond() + 600, MemoryCouncil.key(0));
    CaseId caseId = DraftRules.caseId(signed, council.hasher());
    council.decide(caseId, new CaseCommand.Propose(caseId, signed, MemoryCouncil.DOMAIN));
    return caseId;
  }

  private void assertWaits() throws Exception {
    Planned planned = plan(CASE);
    assertEquals(
        WaitCode.PROPOSAL_MISSING, assertInstanceOf(Planned.Waits.class, planned).why().code());
    assertEquals(Phase.OBSERVING, council.state(CASE).phase());
  }

  @Test
  void aProposalByHandThatIsVotedOnEndsTheWaitOfTheCaseWhoseAlertItNames() throws Exception {
    council.found(Assurance.IMMEDIATE);
    alert();
    assertWaits();
    CaseId byHand = proposed(ALERT, SHIPPED.digest());
    assertWaits();

    assertEquals(Planned.DONE, plan(byHand));
    assertEquals(Phase.VOTING, council.state(byHand).phase());
    assertEquals(Planned.DONE, plan(CASE));

    assertEquals("proposed_by_hand: " + byHand, council.state(CASE).closeReason());
  }

  @Test
  void aProposalThatIsDismissedOrNamesAnotherAlertEndsNoWait() throws Exception {
    council.found(Assurance.IMMEDIATE);
    alert();
    CaseId unknownPlaybook = proposed(ALERT, new Digest("ab".repeat(32)));
    CaseId otherAlert = proposed(Digest.ZERO, SHIPPED.digest());
    plan(unknownPlaybook);
    plan(otherAlert);

    assertTrue(council.state(unknownPlaybook).sealed());
    assertEquals(Phase.VOTING, council.state(otherAlert).phase());
    assertWaits();
  }

  @Test
  void theTimeRunsFromTheCasesFirstEntryWhateverNodeLooks() throws Exception {
    council.found(Assurance.IMMEDIATE);
    alert();
    council.now = council.now.plus(HOUR).minusMillis(1);
    assertWaits();

    council.now = council.now.plusMillis(1);
    plan(CASE);

    assertEquals("no_response_option", council.state(CASE).closeReason());
  }

  @Test
  void whileThereIsNoCouncilNobodyCouldProposeSoThatTheTimeRunsFromItsFounding() throws Exception {
    alert();
    council.now = council.now.plus(Duration.ofHours(2));
    council.found(Assurance.IMMEDIATE);
    assertWaits();

    council.now = council.now.plus(HOUR);
    plan(CASE);

    assertEquals("no_response_option", council.state(CASE).closeReason());
  }
}
