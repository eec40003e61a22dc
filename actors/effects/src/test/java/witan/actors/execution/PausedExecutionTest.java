package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import witan.actors.kubernetes.FakeCluster;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.Person;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Pauses;

/** Executions that an operator holds up. */
class PausedExecutionTest extends ExecutorHarness {
  private static final Person OLGA = new Person("p1:olga", "sealed");

  private void twoSteps() throws Exception {
    action("a", "quarantine-label", "b", "", true);
    action("b", "delete-pod", "end", "", false);
    approve();
  }

  /** Once that step is intended. */
  private void pauseAfter(String step) {
    council.after =
        command -> {
          if (command instanceof CaseCommand.IntendStep i && i.step().equals(step)) {
            Answer<Receipt> answer =
                council.decide(CASE, new CaseCommand.PauseExecution(OLGA, "is it the right pod?"));
            assertInstanceOf(Answer.Done.class, answer, answer.toString());
          }
          return Optional.empty();
        };
  }

  private long asked(String step) {
    return told(CaseCommand.IntendStep.class).filter(i -> i.step().equals(step)).count();
  }

  private void awaitReadings(int more) {
    int before = council.casesRead.get();
    await(s -> council.casesRead.get() >= before + more);
  }

  /** What was begun comes to its observation; then it waits, and needs nobody to go on. */
  @Test
  void aPausedExecutionAsksForNoStepAndGoesOnByItself() throws Exception {
    twoSteps();
    Instant paused = council.now;
    council.after =
        command -> {
          if (command instanceof CaseCommand.IntendStep i && i.step().equals("a")) {
            council.forge(
                CASE,
                new CaseEvent.ExecutionPaused(
                    "p1:olga", "is it?", paused.plusMillis(20), paused, "sealed"));
          }
          return Optional.empty();
        };
    wake();
    awaitObserved("a");
    awaitReadings(3);
    assertEquals(0, asked("b"), "it looks at the log before it asks");

    council.now = paused.plusMillis(20);

    thenItEnds(ExecutionOutcome.SUCCEEDED, "perform a", "perform b");
    assertEquals(1, asked("b"));
  }

  @Test
  void whatIsResumedGoesOnAtOnce() throws Exception {
    twoSteps();
    pauseAfter("a");
    ActorRef<ExecutorMessage> executor = wake();
    awaitObserved("a");

    council.decide(CASE, new CaseCommand.ResumeExecution(OLGA));
    executor.tell(new ExecutorMessage.Wake(CASE));

    thenItEnds(ExecutionOutcome.SUCCEEDED, "perform a", "perform b");
  }

  @Test
  void aFailedStepIsTakenBackInAPause() throws Exception {
    action("a", "quarantine-label", "end", "", true);
    approve();
    cluster.script.add(FakeCluster.Behaviour.REFUSE);
    pauseAfter("a");
    wake();

    thenItEnds(ExecutionOutcome.FAILED, "perform a", "perform undo:a");
  }

  @Test
  void anAbortAndAForgeryWaitForNoPause() throws Exception {
    twoSteps();
    pauseAfter("a");
    ActorRef<ExecutorMessage> executor = wake();
    awaitObserved("a");

    council.forge(
        CASE, new CaseEvent.AbortRequested("p1:olga", "stop", true, council.now, "sealed"));
    executor.tell(new ExecutorMessage.Wake(CASE));

    CaseState end = thenItEnds(ExecutionOutcome.ABORTED, "perform a", "perform undo:a");
    assertTrue(end.execution().ended().detail().startsWith("forged_abort"));
    assertTrue(end.precautions().pauses().at(council.now), "it is paused still");
  }

  /** A person's answer is taken meanwhile, and what follows it waits. */
  @Test
  void whatAPersonWasAskedIsAnsweredInAPause() throws Exception {
    action("m", "manual", "b", "", false);
    action("b", "delete-pod", "end", "", false);
    approve();
    Instant paused = council.now;
    pauseAfter("m");
    ActorRef<ExecutorMessage> executor = wake();
    await(s -> asked("m") == 1);

    statements()
        .confirm(CASE, "m", council.confirmation(CASE, "m", true, 1))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);

    awaitObserved("m");
    awaitReadings(1);
    assertEquals(0, asked("b"));
    council.now = paused.plus(Pauses.LENGTH);
    executor.tell(new ExecutorMessage.Wake(CASE));
    assertEquals(ExecutionOutcome.SUCCEEDED, awaitClosed().execution().outcome());
  }
}
