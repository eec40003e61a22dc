package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.SIGNATURES;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;
import witan.domain.recount.Recount;
import witan.domain.registry.RegistryChange;

class VetoTest {
  private static final Electorate FIVE = electorate(30, 25, 20, 15, 10);
  private static final List<String> ENDED = List.of("ProposalVetoed", "CaseClosed", "CaseSealed");

  private final CaseRun run = CaseRun.voting(FIVE, policy(), option("a", 10));

  /** By voter 5. */
  static CaseCommand.VetoProposal veto(CaseRun run) {
    return run.veto(run.vote().proposalHash(), 5);
  }

  private static CaseCommand.VetoProposal veto(CaseRun run, Digest hash, int signer) {
    return run.veto(hash, signer);
  }

  private static Optional<String> recount(List<CaseEvent> events) {
    return Recount.check(events, FIVE, HASHER, SIGNATURES).map(Refusal::code);
  }

  private void approve() {
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(2, Support.FOR, 1));
    run.accepted(run.cast(3, Support.FOR, 1));
    assertEquals(Phase.APPROVED, run.state.phase());
  }

  @Test
  void anOpenVoteIsStoppedAndTheCaseEnds() {
    run.accepted(run.cast(1, Support.FOR, 1));
    assertEquals(ENDED, run.names(veto(run)));
    assertEquals("vetoed", run.state.closeReason());
    assertEquals(Phase.VETOED, run.state.outcome().phase());
    assertEquals(-1, run.state.outcome().option());
    assertTrue(run.state.sealed());
    run.refused("case_closed", run.cast(2, Support.FOR, 1));
    assertEquals(Optional.empty(), recount(run.events));
    assertEquals(new NextWork.Nothing(), NextWork.of(run.state, run.now));
  }

  @Test
  void anApprovedResponseThatHasNotBegunNeverBegins() {
    approve();
    assertEquals(ENDED, run.names(veto(run)));
    assertEquals(0, run.state.outcome().option(), "what had won");
    run.refused("case_closed", new CaseCommand.StartExecution("kubernetes", List.of("s")));
    assertEquals(Optional.empty(), recount(run.events));
  }

  @Test
  void whatHasBegunIsBrokenOffAndTakenBack() {
    approve();
    run.accepted(new CaseCommand.StartExecution("kubernetes", List.of("s1", "s2")));
    run.accepted(ExecutionTest.intend("s1", 1));
    run.accepted(ExecutionTest.observe("s1", 1, StepOutcome.DONE));
    assertEquals(List.of("ProposalVetoed", "AbortRequested"), run.names(veto(run)));
    assertEquals(Phase.EXECUTING, run.state.phase());
    assertEquals(new NextWork.Execute(), NextWork.of(run.state, run.vote().deadline()));
    run.refused("execution_aborted", ExecutionTest.intend("s2", 1));
    run.now = run.vote().deadline();
    run.repeated(run.state.outcome().seq(), new CaseCommand.CheckDeadline());
    run.accepted(ExecutionTest.intend("undo:s1", 1));
    run.accepted(ExecutionTest.observe("undo:s1", 1, StepOutcome.DONE));
    run.accepted(new CaseCommand.EndExecution(ExecutionOutcome.ABORTED, "taken back"));
    assertEquals("vetoed", run.state.closeReason());
    assertEquals(Phase.VETOED, run.state.outcome().phase());
    assertEquals(Optional.empty(), recount(run.events));
  }

  @Test
  void aVetoOfWhatAMemberHasEndedAlreadyAddsNoSecondEnd() {
    approve();
    run.accepted(new CaseCommand.StartExecution("kubernetes", List.of("s1")));
    run.accepted(AbortTest.abort(false, "the wrong pod"));
    assertEquals(List.of("ProposalVetoed"), run.names(veto(run)));
    assertEquals("member " + address(5), run.state.execution().abort().by());
  }

  @Test
  void theSameVetoAgainIsAnsweredAsBefore() {
    run.accepted(veto(run));
    run.repeated(4, veto(run));
  }

  @Test
  void whatTheDeadlineBroughtComesFirst() {
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(4, Support.FOR, 1));
    run.accepted(run.cast(3, Support.AGAINST, 0));
    run.now = run.vote().deadline();
    List<String> names = run.names(veto(run));
    assertEquals("ProposalApproved", names.get(0));
    assertEquals(ENDED, names.subList(1, 4));
    assertEquals(Optional.empty(), recount(run.events));
    CaseRun quiet = CaseRun.voting(FIVE, policy(), option("a", 10));
    quiet.now = quiet.vote().deadline();
    quiet.refused("nothing_to_veto", veto(quiet));
  }

  @Test
  void whereNothingWillBeDoneThereIsNothingToStop() {
    run.accepted(run.cast(1, Support.AGAINST, 0));
    run.accepted(run.cast(2, Support.AGAINST, 0));
    assertEquals(Phase.REJECTED, run.state.phase());
    run.refused("nothing_to_veto", veto(run));
    CaseRun nothing = CaseRun.voting(FIVE, policy(), option("a", 10));
    for (int voter = 1; voter <= 3; voter++) {
      nothing.accepted(nothing.cast(voter, Support.FOR, 2));
    }
    assertEquals(Phase.APPROVED, nothing.state.phase());
    nothing.refused("nothing_to_veto", veto(nothing));
  }

  @Test
  void beforeTheVoteAndAfterTheEndThereIsNoVeto() {
    CaseCommand.VetoProposal veto = veto(run);
    CaseRun observing = new CaseRun(FIVE);
    observing.refused("case_not_found", veto);
    observing.accepted(record(1));
    observing.refused("voting_not_open", veto);
    approve();
    run.accepted(new CaseCommand.RefuseExecution("recount", "no"));
    run.refused("case_closed", veto(run));
  }

  @Test
  void aVetoOfAnotherProposalIsRefused() {
    run.refused("wrong_proposal", veto(run, Digest.ZERO, 5));
    CaseRun other = CaseRun.voting(FIVE, policy(), option("b", 10));
    other.refused("wrong_proposal", veto(run));
  }

  @Test
  void aChangeOfTheCouncilIsVotedOnAndNotVetoed() {
    CaseRun change =
        CaseRun.proposed(FIVE, policy(), new RegistryChange.RemoveMembers(List.of("m5")));
    change.refused("veto_not_an_incident", veto(change));
  }

  @Test
  void theRecountRefusesAForgedVeto() {
    CaseEvent.ProposalVetoed forged =
        new CaseEvent.ProposalVetoed(veto(run, run.vote().proposalHash(), 4).signed(), 7, run.now);
    CaseEvent.ProposalVetoed other =
        new CaseEvent.ProposalVetoed(veto(run, Digest.ZERO, 5).signed(), 7, run.now);
    CaseEvent.ProposalVetoed late =
        new CaseEvent.ProposalVetoed(veto(run).signed(), 7, run.vote().deadline());
    assertEquals(Optional.of("recount_decision"), recount(and(forged)));
    assertEquals(Optional.of("recount_decision"), recount(and(other)));
    assertEquals(Optional.of("recount_history"), recount(and(late)));
    assertEquals(
        Optional.empty(),
        recount(and(new CaseEvent.ProposalVetoed(veto(run).signed(), 7, run.now))));
  }

  private List<CaseEvent> and(CaseEvent event) {
    List<CaseEvent> events = new ArrayList<>(run.events);
    events.add(event);
    return events;
  }
}
