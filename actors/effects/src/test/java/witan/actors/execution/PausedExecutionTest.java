package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
class PausedExecutionTest extends ExecutionUnderTest {
  private static final Person OLGA = new Person("p1:olga", "sealed");

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
    return List.copyOf(council.commands).stream()
        .filter(c -> c instanceof CaseCommand.IntendStep i && i.step().equals(step))
        .count();
  }

  private void awaitReadings(int more) {
    int before = council.casesRead.get();
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertTrue(council.casesRead.get() >= before + more);
              return null;
            });
  }

  /** What was begun comes to its observation; then it waits, and needs nobody to go on. */
  @Test
  void aPausedExecutionAsksForNoStepAndGoesOnByItself() throws Exception {
    action("a", "quarantine-label", "b", "", true);
    action("b", "delete-pod", "end", "", false);
    approve();
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
    executor();
    awaitObserved("a");
    awaitReadings(3);
    assertEquals(0, asked("b"), "it looks at the log before it asks");

    council.now = paused.plusMillis(20);

    assertEquals(ExecutionOutcome.SUCCEEDED, awaitClosed().execution().outcome());
    assertEquals(1, asked("b"));
    assertEquals(List.of("perform a", "perform b"), cluster.calls);
  }

  @Test
  void whatIsResumedGoesOnAtOnce() throws Exception {
    action("a", "quarantine-label", "b", "", true);
    action("b", "delete-pod", "end", "", false);
    approve();
    pauseAfter("a");
    ActorRef<ExecutorMessage> executor = executor();
    awaitObserved("a");

    council.decide(CASE, new CaseCommand.ResumeExecution(OLGA));
    executor.tell(new ExecutorMessage.Wake(CASE));

    assertEquals(ExecutionOutcome.SUCCEEDED, awaitClosed().execution().outcome());
    assertEquals(List.of("perform a", "perform b"), cluster.calls);
  }

  @Test
  void aFailedStepIsTakenBackInAPause() throws Exception {
    action("a", "quarantine-label", "end", "", true);
    approve();
    cluster.script.add(FakeCluster.Behaviour.REFUSE);
    pauseAfter("a");
    executor();

    assertEquals(ExecutionOutcome.FAILED, awaitClosed().execution().outcome());
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
  }

  @Test
  void anAbortAndAForgeryWaitForNoPause() throws Exception {
    action("a", "quarantine-label", "b", "", true);
    action("b", "delete-pod", "end", "", false);
    approve();
    pauseAfter("a");
    ActorRef<ExecutorMessage> executor = executor();
    awaitObserved("a");

    council.forge(
        CASE, new CaseEvent.AbortRequested("p1:olga", "stop", true, council.now, "sealed"));
    executor.tell(new ExecutorMessage.Wake(CASE));

    CaseState end = awaitClosed();
    assertEquals(ExecutionOutcome.ABORTED, end.execution().outcome());
    assertTrue(end.execution().ended().detail().startsWith("forged_abort"));
    assertEquals(List.of("perform a", "perform undo:a"), cluster.calls);
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
    ActorRef<ExecutorMessage> executor = executor();
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertEquals(1, asked("m"));
              return null;
            });

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
