package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.actor.typed.ActorRef;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import witan.actors.kubernetes.FakeCluster;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.RecordedStatement;

/** Whole executions of workflows that are no line, and two executors at once. */
class ExecutorBranchesTest extends ExecutorHarness {
  @Test
  void aFailedReversibleStepIsTakenBackAndItsHandlerGoesOn() throws Exception {
    action("a", "quarantine-label", "end", "h", true);
    action("h", "delete-pod", "end", "", false);
    approve();
    cluster.script.add(FakeCluster.Behaviour.REFUSE);
    wake();

    CaseState end =
        thenItEnds(ExecutionOutcome.SUCCEEDED, "perform a", "perform undo:a", "perform h");
    assertEquals("release-label", end.execution().intents().get("undo:a").action());
    assertEquals("c-1/a", end.execution().intents().get("undo:a").parameters().get("fence"));
  }

  /** Whatever the reason: a case that does not move is looked at again at the executor's pace. */
  @Test
  void whatWasLoggedBeforeItWasReadIsNotAskedForAtOnceAgain() throws Exception {
    action("a", "quarantine-label", "end", "", false);
    approve();
    long index = council.size();
    council.before =
        command ->
            command instanceof CaseCommand.StartExecution
                ? Optional.of(new Answer.Done<>(new Receipt("case|c-1", 1, index, true)))
                : Optional.empty();
    Logger logger = (Logger) LoggerFactory.getLogger(ExecutorEntity.class);
    logger.setLevel(Level.INFO);
    try {
      LoggingTestKit.info("waits: StartExecution was logged before")
          .expect(kit.system(), this::wake);
    } finally {
      logger.setLevel(null);
    }
  }

  @Test
  void parallelBranchesGoOnWhileAPersonIsAsked() throws Exception {
    parallel("p", List.of("m", "a"), "c");
    action("m", "manual", "end", "", false);
    action("a", "quarantine-label", "end", "", false);
    action("c", "delete-pod", "end", "", false);
    approve();
    wake();
    awaitObserved("a");
    assertEquals(List.of("perform a"), cluster.calls, "what follows waits for all");

    statements()
        .confirm(CASE, "m", council.confirmation(CASE, "m", true, 1))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);

    thenItEnds(ExecutionOutcome.SUCCEEDED, "perform a", "perform c");
  }

  /** As a case node logs it that wants to go on; and as every node did before members signed. */
  @Test
  void aTokensWordOpensNoGate() throws Exception {
    asked();

    council.forge(
        CASE,
        new CaseEvent.StepObserved(
            "m", 1, StepOutcome.DONE, "confirmed by p1:olga", "[]", council.now, null, "s", null));

    CaseState end = thenItEnds(ExecutionOutcome.FAILED);
    assertTrue(end.execution().ended().detail().contains("forged_observation"));
  }

  @Test
  void aStatementThatTheRegistryHasNotRecordedOpensNoGate() throws Exception {
    asked();

    council.decide(
        CASE,
        new CaseCommand.ConfirmStep(
            "m", new RecordedStatement(council.confirmation(CASE, "m", true, 1), 1)));

    CaseState end = awaitClosed();
    assertTrue(end.execution().ended().detail().contains("recorded no such statement"));
    assertEquals(List.of(), cluster.calls);
  }

  private void asked() throws Exception {
    action("m", "manual", "c", "", false);
    action("c", "delete-pod", "end", "", false);
    approve();
    wake();
    awaitIntended("m");
  }

  @Test
  void whatNobodyConfirmsFailsAtItsDeadline() throws Exception {
    action("m", "manual", "end", "", false);
    approve();
    wake();
    awaitIntended("m");
    council.now = council.now.plusSeconds(31);

    CaseState end = thenItEnds(ExecutionOutcome.FAILED);
    assertEquals(StepOutcome.FAILED, end.execution().observations().get("m").outcome());
  }

  @Test
  void aDelayIsWaitedForAndSurvivesTheExecutor() throws Exception {
    delay("d", Duration.ofHours(1), "a");
    action("a", "quarantine-label", "end", "", false);
    approve();
    ActorRef<ExecutorMessage> first = wake();
    awaitStarted();
    kit.stop(first);
    assertEquals(List.of(), cluster.calls);
    council.now = council.now.plus(Duration.ofHours(1));
    wake();

    thenItEnds(ExecutionOutcome.SUCCEEDED, "perform a");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoExecutorsRaceAndTheEffectHappensOnceOrIsUnknown(boolean fencing) throws Exception {
    action("a", "quarantine-label", "b", "", false);
    action("b", "delete-pod", "end", "", false);
    approve();
    cluster.fencing = fencing;
    wake();
    wake();
    wake();

    CaseState end = awaitClosed();

    cluster.effects.forEach((fence, times) -> assertEquals(1, times, fence));
    if (fencing) {
      assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
      assertEquals(2, cluster.effects.size());
    } else {
      assertTrue(
          end.execution().outcome() == ExecutionOutcome.UNKNOWN
              || end.execution().outcome() == ExecutionOutcome.SUCCEEDED,
          () -> end.execution().toString());
    }
  }
}
