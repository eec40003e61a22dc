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
import witan.domain.planning.PlannedWorkflow.PlanNode;
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
class EndedEarlyTest extends ExecutionUnderTest {
  @Test
  void anAbortDuringADelayEndsItAndTakesBackWhatWasDoneTheNewestFirst() throws Exception {
    action("a", "quarantine-label", "b", "", true);
    action("b", "quarantine-label", "d", "", true);
    nodes.put("d", new PlanNode("d", List.of(), List.of(), Duration.ofHours(1), "c", ""));
    action("c", "delete-pod", "end", "", false);
    approve();
    ActorRef<ExecutorMessage> executor = executor();
    awaitObserved("b");

    abort(true);
    executor.tell(new ExecutorMessage.Wake(CASE));

    CaseState end = awaitClosed();
    assertEquals(ExecutionOutcome.ABORTED, end.execution().outcome());
    assertEquals("aborted", end.closeReason());
    assertEquals(
        List.of("perform a", "perform b", "perform undo:b", "perform undo:a"), cluster.calls);
  }

  @Test
  void anAbortWithoutUndoLeavesWhatWasDone() throws Exception {
    action("a", "quarantine-label", "m", "", true);
    action("m", "manual", "end", "", false);
    approve();
    executor();
    awaitObserved("a");

    abort(false);

    CaseState end = awaitClosed();
    assertEquals(ExecutionOutcome.ABORTED, end.execution().outcome());
    assertEquals(List.of("perform a"), cluster.calls);
  }

  /** As a case node logs it: what an executor did is taken back, whatever the forgery says. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAbortThatNoMemberSignedVoidsTheCase(boolean undo) throws Exception {
    action("a", "quarantine-label", "m", "", true);
    action("m", "manual", "end", "", false);
    approve();
    executor();
    awaitObserved("a");

    council.forge(
        CASE, new CaseEvent.AbortRequested("p1:olga", "stop", undo, council.now, "sealed"));

    CaseState end = awaitClosed();
    assertTrue(
        end.execution().ended().detail().startsWith("forged_abort"),
        end.execution().ended().detail());
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
    assertTrue(council.commands.stream().anyMatch(CaseCommand.ReopenCase.class::isInstance));
  }

  /** By the rules it would have ended the case at once; like this it swallowed a member's. */
  @Test
  void anAbortFromBeforeTheBeginningThatEndedNothingVoidsTheCase() throws Exception {
    action("a", "quarantine-label", "end", "", true);
    approve();

    council.forge(
        CASE, new CaseEvent.AbortRequested("p1:olga", "stop", true, council.now, "sealed"));
    executor();

    CaseState end = awaitClosed();
    assertEquals("refused", end.closeReason());
    assertTrue(
        council.commands.stream()
            .anyMatch(
                c -> c instanceof CaseCommand.RefuseExecution e && e.code().equals("forged_abort")),
        council.commands.toString());
    assertEquals(List.of(), cluster.calls);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAbortThatTheRegistryHasNotRecordedVoidsTheCase(boolean undo) throws Exception {
    action("a", "quarantine-label", "m", "", true);
    action("m", "manual", "end", "", false);
    approve();
    executor();
    awaitObserved("a");

    council.decide(
        CASE,
        new CaseCommand.AbortExecution(new RecordedStatement(council.abort(CASE, undo, 1), 1)));

    CaseState end = awaitClosed();
    assertTrue(
        end.execution().ended().detail().contains("recorded no such statement"),
        end.execution().ended().detail());
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
  }

  @Test
  void aVetoThatTheRegistryHasNotRecordedVoidsTheCase() throws Exception {
    action("a", "quarantine-label", "m", "", true);
    action("m", "manual", "end", "", false);
    approve();
    executor();
    awaitObserved("a");

    council.decide(CASE, new CaseCommand.VetoProposal(veto(), 1));

    CaseState end = awaitClosed();
    assertTrue(
        end.execution().ended().detail().contains("recorded no such veto"),
        end.execution().ended().detail());
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
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
    executor();

    CaseState end = awaitClosed();

    assertEquals(ExecutionOutcome.ABORTED, end.execution().outcome());
    assertEquals(StepOutcome.FAILED, end.execution().observations().get("a").outcome());
    assertEquals(List.of("perform undo:a"), cluster.calls, "what may be half done is taken back");
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
    executor();

    assertEquals(ExecutionOutcome.ABORTED, awaitClosed().execution().outcome());
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
  }

  @Test
  void aVetoDuringAnExecutionBeginsNoFurtherStepAndTakesBackWhatWasDone() throws Exception {
    action("a", "quarantine-label", "d", "", true);
    nodes.put("d", new PlanNode("d", List.of(), List.of(), Duration.ofHours(1), "b", ""));
    action("b", "delete-pod", "end", "", false);
    approve();
    ActorRef<ExecutorMessage> executor = executor();
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
