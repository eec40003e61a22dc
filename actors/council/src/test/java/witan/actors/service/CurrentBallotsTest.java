package witan.actors.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.actors.entity.CaseBallots;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.domain.api.Answer;
import witan.domain.api.Ballots;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Refusal;
import witan.domain.governance.Assurance;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;

class CurrentBallotsTest {
  private static final Refusal NOT_OPEN =
      new Refusal("voting_not_open", "there is no vote yet", "wait until it opens");

  private final MemoryCouncil council = new MemoryCouncil();
  private final CaseId caseId = new CaseId("a");
  private final Ballots ballots =
      new CurrentBallots(new CaseBallots(council, council.hasher()), council.caseLog());

  @BeforeEach
  void found() {
    council.found(Assurance.IMMEDIATE);
    council.decide(
        caseId,
        new CaseCommand.RecordAlert(
            caseId, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a", "web-1"), "{}"));
  }

  private void open() throws Exception {
    new ResponsePlanning(council.registry(), council, new Playbooks(), council.playbooks(), council)
        .plan(caseId, council.state(caseId))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  /** Another writer of the case has opened the vote; the one that is asked has not heard of it. */
  private void behind() {
    council.before =
        command ->
            command instanceof CaseCommand.CastVote
                ? Optional.of(new Answer.Declined<>(NOT_OPEN))
                : Optional.empty();
  }

  private Answer<Receipt> cast(SignedBallot ballot) throws Exception {
    CompletionStage<Answer<Receipt>> answer = ballots.cast(caseId, ballot, null);
    return answer.toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  @Test
  void aCaseThatHasNotHeardOfItsVoteRefusesNobody() throws Exception {
    open();
    SignedBallot ballot = council.ballot(caseId, 0, Support.FOR);
    behind();

    Answer.Busy<?> busy = assertInstanceOf(Answer.Busy.class, cast(ballot));
    assertEquals("the case has not heard yet that its vote is open", busy.reason());

    council.before = command -> Optional.empty();
    assertInstanceOf(Answer.Done.class, cast(ballot));
  }

  @Test
  void whereTheLogHasNoVoteEitherTheBallotIsRefused() throws Exception {
    open();
    SignedBallot ballot = council.ballot(caseId, 0, Support.FOR);
    CaseId other = new CaseId("b");
    council.decide(
        other,
        new CaseCommand.RecordAlert(
            other, MemoryCouncil.ID, MemoryCouncil.alert("falco", "b", "web-2"), "{}"));

    Answer<Receipt> answer =
        ballots.cast(other, ballot, null).toCompletableFuture().get(5, TimeUnit.SECONDS);

    assertEquals(
        "voting_not_open", assertInstanceOf(Answer.Declined.class, answer).refusal().code());
  }

  @Test
  void whileTheLogCannotBeReadNobodyIsRefusedForThat() throws Exception {
    open();
    SignedBallot ballot = council.ballot(caseId, 0, Support.FOR);
    behind();
    council.reads = CompletableFuture.failedFuture(new IllegalStateException("no database"));

    assertInstanceOf(Answer.Busy.class, cast(ballot));
  }
}
