package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.actors.testing.MemoryCouncil;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Veto;
import witan.signing.TypedData;

/** Executions that somebody ends early, or holds up. */
class EndedEarlyTest extends ExecutorHarness {
  /** One step that can be taken back is done, and a person is asked about the next. */
  private void doneAndAsking() throws Exception {
    action("a", "quarantine-label", "m", "", true);
    action("m", "manual", "end", "", false);
    approve();
    wake();
    awaitObserved("a");
  }

  private void thenItIsVoidAndTakenBack(String reason) {
    CaseState end = awaitClosed();
    String detail = end.execution().ended().detail();
    assertTrue(detail.contains(reason), detail);
    assertTrue(detail.startsWith("forged_abort"), detail);
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
  }

  @Test
  void anAbortDuringADelayEndsItAndTakesBackWhatWasDoneTheNewestFirst() throws Exception {
    action("a", "quarantine-label", "b", "", true);
    action("b", "quarantine-label", "d", "", true);
    delay("d", Duration.ofHours(1), "c");
    action("c", "delete-pod", "end", "", false);
    approve();
    ActorRef<ExecutorMessage> executor = wake();
    awaitObserved("b");

    abort(true);
    executor.tell(new ExecutorMessage.Wake(CASE));

    CaseState end =
        thenItEnds(
            ExecutionOutcome.ABORTED, "perform a", "perform b", "perform undo:b", "perform undo:a");
    assertEquals("aborted", end.closeReason());
  }

  @Test
  void anAbortWithoutUndoLeavesWhatWasDone() throws Exception {
    doneAndAsking();

    abort(false);

    thenItEnds(ExecutionOutcome.ABORTED, "perform a");
  }

  /** As a case node logs it: what an executor did is taken back, whatever the forgery says. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAbortThatNoMemberSignedVoidsTheCase(boolean undo) throws Exception {
    doneAndAsking();

    council.forge(
        CASE, new CaseEvent.AbortRequested("p1:olga", "stop", undo, council.now, "sealed"));

    thenItIsVoidAndTakenBack("forged_abort");
    assertTrue(told(CaseCommand.ReopenCase.class).findAny().isPresent());
  }

  /** By the rules it would have ended the case at once; like this it swallowed a member's. */
  @Test
  void anAbortFromBeforeTheBeginningThatEndedNothingVoidsTheCase() throws Exception {
    action("a", "quarantine-label", "end", "", true);
    approve();

    council.forge(
        CASE, new CaseEvent.AbortRequested("p1:olga", "stop", true, council.now, "sealed"));
    wake();

    thenItIsRefused("forged_abort");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAbortThatTheRegistryHasNotRecordedVoidsTheCase(boolean undo) throws Exception {
    doneAndAsking();

    council.decide(
        CASE,
        new CaseCommand.AbortExecution(new RecordedStatement(council.abort(CASE, undo, 1), 1)));

    thenItIsVoidAndTakenBack("recorded no such statement");
  }

  @Test
  void aVetoThatTheRegistryHasNotRecordedVoidsTheCase() throws Exception {
    doneAndAsking();

    council.decide(CASE, new CaseCommand.VetoProposal(veto(), 1));

    thenItIsVoidAndTakenBack("recorded no such veto");
  }

  @Test
  void anIntendedStepIsNotBegunAfterAnAbort() throws Exception {
    action("a", "quarantine-label", "end", "", true);
    approve();
    council.after =
        command -> {
          if (command instanceof CaseCommand.IntendStep) {
            abort(true);
          }
          return Optional.empty();
        };
    wake();

    CaseState end = thenItEnds(ExecutionOutcome.ABORTED, "perform undo:a");
    assertEquals(StepOutcome.FAILED, end.execution().observations().get("a").outcome());
  }

  @Test
  void anAbortBetweenTheLastStepAndTheEndCounts() throws Exception {
    action("a", "quarantine-label", "end", "", true);
    approve();
    council.before =
        command -> {
          if (command instanceof CaseCommand.EndExecution) {
            abort(true);
          }
          return Optional.empty();
        };
    wake();

    thenItEnds(ExecutionOutcome.ABORTED, "perform a", "perform undo:a");
  }

  @Test
  void aVetoDuringAnExecutionBeginsNoFurtherStepAndTakesBackWhatWasDone() throws Exception {
    action("a", "quarantine-label", "d", "", true);
    delay("d", Duration.ofHours(1), "b");
    action("b", "delete-pod", "end", "", false);
    approve();
    ActorRef<ExecutorMessage> executor = wake();
    awaitObserved("a");

    SignedVeto veto = veto();
    long seq = council.registryState().seq() + 1;
    council.toRegistry(MemoryCouncil.ID, new RegistryCommand.RecordVeto(CASE, veto));
    council.decide(CASE, new CaseCommand.VetoProposal(veto, seq));
    executor.tell(new ExecutorMessage.Wake(CASE));

    assertEquals("vetoed", awaitClosed().closeReason());
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
  }

  private SignedVeto veto() {
    Veto veto =
        new Veto(
            council.registryState().charterHash(),
            council.hasher().text(CASE.value()),
            council.state(CASE).voting().proposalHash(),
            MemoryCouncil.address(1),
            council.hasher().text("no"),
            1,
            council.now.getEpochSecond() + 60);
    byte[] digest = TypedData.digest(MemoryCouncil.DOMAIN, veto);
    return new SignedVeto(veto, "no", Hex.of(Signatures.sign(digest, MemoryCouncil.key(1))));
  }

  /** As a member does. */
  private void abort(boolean undo) {
    Answer<Receipt> answer =
        statements().abort(CASE, council.abort(CASE, undo, 1)).toCompletableFuture().join();
    assertInstanceOf(Answer.Done.class, answer, answer.toString());
  }
}
