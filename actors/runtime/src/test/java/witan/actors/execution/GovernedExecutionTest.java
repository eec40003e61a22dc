package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import witan.actors.planning.ResponsePlanning;
import witan.actors.spi.RegistryChanges;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.CaseLog;
import witan.actors.view.RegistryLog;
import witan.domain.api.Anchors;
import witan.domain.api.Answer;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.governance.Assurance;
import witan.domain.governance.Draft;
import witan.domain.governance.DraftRules;
import witan.domain.governance.SignedDraft;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;
import witan.domain.proposal.ProposalKind;
import witan.domain.registry.RegistryChange;

/** From a signed proposal of a change to the registry that applies it. */
class GovernedExecutionTest {
  private static final RegistryChange REMOVE = new RegistryChange.RemoveMembers(List.of("m2"));

  private MemoryCouncil council = new MemoryCouncil();
  private final List<RegistryChange> applied = new ArrayList<>();
  private Answer<Receipt> answer = new Answer.Done<>(new Receipt("registry|acme", 2, 9, false));

  /** What an executor of playbooks alone is given. */
  static GovernedExecution none(MemoryCouncil council, DecisionCheck check) {
    RegistryChanges changes =
        (councilId, caseId, hash, change) -> CompletableFuture.failedFuture(new AssertionError());
    return new GovernedExecution(council.caseLog(), council, check, changes, () -> council.now);
  }

  private GovernedExecution execution() {
    DecisionCheck check =
        DecisionChecks.of(council, new Anchors.Status(Anchors.State.FOLLOWING, 99, null, ""), new Playbooks(), council.playbooks());
    return new GovernedExecution(
        council.caseLog(),
        council,
        check,
        (councilId, caseId, hash, change) -> {
          applied.add(change);
          return CompletableFuture.completedFuture(answer);
        },
        () -> council.now);
  }

  private SignedDraft signed(int by, int namedProposer) {
    Draft draft =
        new Draft(
            MemoryCouncil.ID, ProposalKind.MEMBERSHIP, "m2 leaves", List.of(), List.of(), REMOVE);
    long deadline = council.now.getEpochSecond() + 600;
    return MemoryCouncil.sign(draft, namedProposer, deadline, MemoryCouncil.key(by));
  }

  private CaseId propose(SignedDraft signed) throws Exception {
    council.found(Assurance.IMMEDIATE);
    CaseId caseId = DraftRules.caseId(signed, council.hasher());
    council.decide(caseId, new CaseCommand.Propose(caseId, signed, MemoryCouncil.DOMAIN));
    RegistryLog registry = council.registry();
    new ResponsePlanning(registry, council, new Playbooks(), council.playbooks(), council)
        .plan(caseId, council.state(caseId))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    return caseId;
  }

  private CaseId approved(SignedDraft signed) throws Exception {
    CaseId caseId = propose(signed);
    assertEquals(Phase.VOTING, council.state(caseId).phase());
    council.vote(caseId, 0, Support.FOR);
    council.vote(caseId, 1, Support.FOR);
    assertEquals(Phase.APPROVED, council.state(caseId).phase());
    return caseId;
  }

  private LoggedCase logged(CaseId caseId) throws Exception {
    return council
        .caseLog()
        .read(caseId)
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS)
        .orElseThrow();
  }

  @Test
  void anApprovedChangeIsRecountedAndAppliedOnce() throws Exception {
    CaseId caseId = approved(signed(0, 0));
    execution().carryOut(caseId, logged(caseId));
    CaseState state = council.state(caseId);
    assertTrue(state.sealed(), state.toString());
    assertEquals(ExecutionOutcome.SUCCEEDED, state.execution().outcome());
    assertEquals("registry", state.execution().adapter());
    assertEquals(List.of(REMOVE), applied);
    execution().carryOut(caseId, logged(caseId));
    assertEquals(1, applied.size());
  }

  @Test
  void aProposalThatItsProposerDidNotSignOpensNoCase() {
    SignedDraft forged = signed(1, 0);
    CaseId caseId = DraftRules.caseId(forged, council.hasher());
    Answer<Receipt> answered =
        council.decide(caseId, new CaseCommand.Propose(caseId, forged, MemoryCouncil.DOMAIN));
    assertEquals("signature_wrong_signer", ((Answer.Declined<Receipt>) answered).refusal().code());
    assertEquals(Phase.UNOPENED, council.state(caseId).phase());
  }

  /** What a case node that breaks the rules would log, in place of the honest case. */
  private MemoryCouncil forged(CaseId caseId) throws Exception {
    MemoryCouncil forger = new MemoryCouncil();
    forger.found(Assurance.IMMEDIATE);
    Digest electorate = council.state(caseId).voting().content().snapshotDigest();
    forger.put(council.get(electorate).toCompletableFuture().get().orElseThrow());
    for (LoggedEvent logged : logged(caseId).events()) {
      CaseEvent event = CaseLog.meaning(logged, CaseEvent.class);
      forger.forge(
          caseId,
          event instanceof CaseEvent.Proposed p
              ? new CaseEvent.Proposed(signed(1, 0), p.contentHash(), p.at())
              : event);
    }
    return forger;
  }

  @Test
  void aProposalThatItsProposerDidNotSignIsRefusedByTheRecount() throws Exception {
    CaseId caseId = approved(signed(0, 0));
    council = forged(caseId);
    assertEquals(Phase.APPROVED, council.state(caseId).phase());
    execution().carryOut(caseId, logged(caseId));
    assertEquals(ExecutionOutcome.REFUSED, council.state(caseId).execution().outcome());
    assertEquals(List.of(), applied);
  }

  @Test
  void aBusyRegistryIsAskedAgainAndARefusalIsObserved() throws Exception {
    CaseId caseId = approved(signed(0, 0));
    answer = new Answer.Busy<>("fail-over", Duration.ofSeconds(1));
    execution().carryOut(caseId, logged(caseId));
    assertEquals(Phase.EXECUTING, council.state(caseId).phase());
    answer = new Answer.Declined<>(new Refusal("no_such_member", "m2 has left", "propose anew"));
    execution().carryOut(caseId, logged(caseId));
    assertEquals(ExecutionOutcome.FAILED, council.state(caseId).execution().outcome());
    assertEquals(2, applied.size());
  }

  @Test
  void aProposalOfNoMemberIsDismissed() throws Exception {
    CaseId caseId = propose(signed(7, 7));
    assertEquals("not_a_member", council.state(caseId).closeReason());
  }
}
