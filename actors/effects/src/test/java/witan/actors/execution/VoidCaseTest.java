package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static witan.domain.fixtures.BallotBuilder.aBallot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.domain.api.Answer;
import witan.domain.common.CaseId;
import witan.domain.detection.Alert;
import witan.domain.governance.Ballot;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Phase;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.Voting;

/** A case that is void, and the one that follows it. */
class VoidCaseTest extends ForgedCaseHarness {
  private static final CaseId NEXT = Reopening.voided(CASE);

  private long opened() {
    return told(CaseCommand.ReopenCase.class).count();
  }

  private void follows(String... alerts) {
    CaseState next = council.state(NEXT);
    assertEquals(CASE, next.precautions().follows());
    assertEquals(List.of(alerts), next.alerts().stream().map(Alert::alertId).toList());
    assertEquals(alerts.length + 1, next.seq(), "once");
    assertEquals(Phase.OBSERVING, next.phase());
  }

  /** As a case node would that looks at no signature. */
  private void forgedBallot(int member) {
    Voting voting = council.state(CASE).voting();
    Ballot ballot =
        aBallot()
            .proposal(council.hasher().text(CASE.value()))
            .hash(voting.proposalHash())
            .voter(MemoryCouncil.address(member))
            .deadline(council.now.plusSeconds(3_600).getEpochSecond())
            .build();
    council.forge(
        CASE,
        new CaseCommand.CastVote(MemoryCouncil.sign(ballot, MemoryCouncil.key(member + 20)), null));
  }

  private void forgedDecision() throws Exception {
    open("falco");
    council.now = council.now.plusSeconds(10);
    forgedBallot(0);
    forgedBallot(1);
  }

  @Test
  void aCaseOpensThatFollowsOneWithAForgedIntent() throws Exception {
    approve();
    council.forge(CASE, started());
    council.forge(CASE, intent("quarantine", "drain-node", Playbooks.POD, Map.of()));

    wake();
    awaitClosed();

    follows("a-falco");
    assertEquals(1, opened());
  }

  @Test
  void aCaseOpensThatFollowsOneWithAForgedObservation() throws Exception {
    approve();
    executorDies(CaseCommand.IntendStep.class, true);
    council.forge(
        CASE,
        new CaseEvent.StepObserved("quarantine", 1, StepOutcome.DONE, "done", "[]", council.now));

    wake();
    awaitClosed();

    follows("a-falco");
  }

  @Test
  void aCaseOpensThatFollowsOneWithAForgedBallot() throws Exception {
    forgedDecision();
    assertEquals(Phase.APPROVED, council.state(CASE).phase());

    wake();
    CaseState end = awaitClosed();

    assertEquals("refused", end.closeReason());
    assertEquals(List.of(), cluster.calls);
    follows("a-falco");
  }

  /** Nothing is done and nothing is ended there; the incident goes on all the same. */
  @Test
  void aCaseOpensThatFollowsOneWhoseForgedDecisionIsBeingExecuted() throws Exception {
    forgedDecision();
    council.forge(CASE, started());

    wake();
    await(state -> council.state(NEXT).seq() > 0);

    follows("a-falco");
    assertEquals(Phase.EXECUTING, council.state(CASE).phase());
    assertEquals(List.of(), cluster.calls);
  }

  /** What is there is taken back first, and the vote of the void case need not be waited for. */
  @Test
  void aCaseOpensThatFollowsOneWithAForgedContainment() throws Exception {
    open("falco", "guardduty");
    grant("c-1", terms.terms());
    contain(1, Duration.ofMinutes(2), "falco", "guardduty");
    council.forge(
        CASE, intent("provisional:quarantine", "quarantine-label", Playbooks.POD, Map.of()));

    nothingIsDone();

    assertEquals(Phase.VOTING, council.state(CASE).phase());
    follows("a-falco", "a-guardduty");
  }

  @Test
  void aCaseOpensThatFollowsOneWhoseVoteIsOfTheReleaseBefore() throws Exception {
    council.old = true;
    open("falco");
    votes(Support.FOR);
    council.old = false;

    wake();
    awaitClosed();

    assertEquals(List.of(), cluster.calls);
    follows("a-falco");
  }

  @Test
  void anExecutorThatDiesBesideTheOpeningOpensNoSecondCase() throws Exception {
    forgedDecision();
    executorDies(CaseCommand.ReopenCase.class, true);
    assertFalse(council.state(CASE).sealed(), "not before the case that follows is open");

    wake();
    awaitClosed();

    assertEquals(2, opened());
    follows("a-falco");
  }

  @Test
  void aVoidCaseEndsOnlyWhenTheCaseThatFollowsIsOpen() throws Exception {
    forgedDecision();
    AtomicInteger asked = new AtomicInteger();
    council.before =
        command ->
            command instanceof CaseCommand.ReopenCase && asked.incrementAndGet() < 3
                ? Optional.of(new Answer.Busy<>("a test", Duration.ofSeconds(1)))
                : Optional.empty();

    wake();
    awaitClosed();

    assertEquals(3, asked.get());
    follows("a-falco");
  }
}
