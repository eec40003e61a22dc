package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.actors.testing.MemoryCouncil;
import witan.actors.view.CaseLog;
import witan.domain.api.Anchors;
import witan.domain.api.Answer;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.RegistryChange;

/** From a signed proposal of a change to the registry that applies it. */
class GovernedExecutionTest extends ExecutorHarness {
  private static final RegistryChange REMOVE = new RegistryChange.RemoveMembers(List.of("m2"));

  private final List<RegistryChange> applied = new CopyOnWriteArrayList<>();
  private volatile Answer<Receipt> answer =
      new Answer.Done<>(new Receipt("registry|acme", 2, 9, false));

  @BeforeEach
  void registry() {
    anchoring = new Anchors.Status(Anchors.State.FOLLOWING, 99, null, "");
    registry =
        new RegistryEffects(
            (councilId, id, hash, change) -> {
              applied.add(change);
              return CompletableFuture.completedFuture(answer);
            });
  }

  private ActorRef<ExecutorMessage> execute(CaseId caseId) {
    return wake(caseId, cluster());
  }

  private CaseState sealed(CaseId caseId) {
    return await(caseId, CaseState::sealed);
  }

  private SignedDraft signed(int by, int namedProposer) {
    Draft draft =
        new Draft(
            MemoryCouncil.ID, ProposalKind.MEMBERSHIP, "m2 leaves", List.of(), List.of(), REMOVE);
    long deadline = council.now.getEpochSecond() + 600;
    return MemoryCouncil.sign(draft, namedProposer, deadline, MemoryCouncil.key(by));
  }

  private CaseId propose(SignedDraft signed) throws Exception {
    found();
    CaseId caseId = DraftRules.caseId(signed, council.hasher());
    council.decide(caseId, new CaseCommand.Propose(caseId, signed, MemoryCouncil.DOMAIN));
    plan(caseId);
    return caseId;
  }

  private CaseId approved(SignedDraft signed) throws Exception {
    CaseId caseId = propose(signed);
    assertEquals(Phase.VOTING, council.state(caseId).phase());
    votes(caseId, Support.FOR);
    assertEquals(Phase.APPROVED, council.state(caseId).phase());
    return caseId;
  }

  @Test
  void anApprovedChangeIsRecountedAndAppliedOnce() throws Exception {
    CaseId caseId = approved(signed(0, 0));
    execute(caseId);
    CaseState state = sealed(caseId);
    assertEquals(ExecutionOutcome.SUCCEEDED, state.execution().outcome());
    assertEquals("registry", state.execution().adapter());
    assertEquals(List.of(REMOVE), applied);
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
    forger.found(charter);
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
    execute(caseId);
    assertEquals(ExecutionOutcome.REFUSED, sealed(caseId).execution().outcome());
    assertEquals(List.of(), applied);
  }

  @Test
  void aBusyRegistryIsAskedAgainAndARefusalIsObserved() throws Exception {
    CaseId caseId = approved(signed(0, 0));
    answer = new Answer.Busy<>("fail-over", Duration.ofSeconds(1));
    execute(caseId);
    await(caseId, s -> applied.size() >= 2);
    assertEquals(Phase.EXECUTING, council.state(caseId).phase());
    answer = new Answer.Declined<>(new Refusal("no_such_member", "m2 has left", "propose anew"));
    assertEquals(ExecutionOutcome.FAILED, sealed(caseId).execution().outcome());
  }

  @Test
  void howeverLongTheRegistryIsBusyTheChangeIsAppliedInTheEnd() throws Exception {
    CaseId caseId = approved(signed(0, 0));
    answer = new Answer.Busy<>("fail-over", Duration.ofSeconds(1));
    ActorRef<ExecutorMessage> first = execute(caseId);
    await(caseId, s -> applied.size() >= 1);
    kit.stop(first);
    council.now = council.now.plus(Duration.ofHours(1));
    answer = new Answer.Done<>(new Receipt("registry|acme", 2, 9, false));
    execute(caseId);
    assertEquals(ExecutionOutcome.SUCCEEDED, sealed(caseId).execution().outcome());
  }

  /** Only what the plan of the change says counts as intended. */
  @Test
  void anIntentOfAnotherCouncilsRegistryIsNotPerformed() throws Exception {
    CaseId caseId = approved(signed(0, 0));
    council.decide(caseId, new CaseCommand.StartExecution("registry", List.of("apply")));
    council.decide(
        caseId,
        new CaseCommand.IntendStep(
            "apply",
            1,
            "registry-change",
            new Target("registry", null, "Council", "other"),
            Map.of(),
            caseId + "/apply",
            council.now.plusSeconds(60)));
    execute(caseId);
    assertEquals(ExecutionOutcome.UNKNOWN, sealed(caseId).execution().outcome());
    assertEquals(List.of(), applied);
  }

  @Test
  void aProposalOfNoMemberIsDismissed() throws Exception {
    CaseId caseId = propose(signed(7, 7));
    assertEquals("not_a_member", council.state(caseId).closeReason());
  }
}
