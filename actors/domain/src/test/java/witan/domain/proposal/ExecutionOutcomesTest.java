package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import witan.domain.common.Decision;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.registry.RegistryChange;

/** What an execution may be said to have come to, of what was observed. */
class ExecutionOutcomesTest {
  private static final Electorate THREE = electorate(50, 30, 20);

  private final CaseRun run = CaseRun.voting(THREE, policy(), option("a", 10));

  private void approved(long mask) {
    run.accepted(run.cast(1, Support.FOR, mask));
    run.accepted(run.cast(2, Support.FOR, mask));
    assertEquals(Phase.APPROVED, run.state.phase());
  }

  private void started(String adapter, String... steps) {
    approved(1);
    run.accepted(new CaseCommand.StartExecution(adapter, List.of(steps)));
  }

  private static CaseCommand.IntendStep intend(String step, int attempt) {
    return new CaseCommand.IntendStep(
        step,
        attempt,
        "quarantine-label",
        new Target("eu", "shop", "Pod", "web-1"),
        Map.of(),
        "f",
        START.plusSeconds(30));
  }

  private void done(String step, StepOutcome outcome) {
    run.accepted(intend(step, 1));
    run.accepted(new CaseCommand.ObserveStep(step, 1, outcome, "seen", "[]"));
  }

  private String answer(CaseCommand command) {
    Decision<CaseEvent> decision = run.aggregate.decide(run.state, command, run.now);
    return decision instanceof Decision.Refused<CaseEvent> refused
        ? refused.refusal().code()
        : decision.getClass().getSimpleName();
  }

  /** By the outcomes of two steps, the second of which may never have been begun. */
  @ParameterizedTest
  @CsvSource({
    "DONE,      DONE,      SUCCEEDED",
    "DONE,      REHEARSED, REHEARSED",
    "REHEARSED, REHEARSED, REHEARSED",
    "DONE,      FAILED,    FAILED",
    "FAILED,    DONE,      FAILED",
    "DONE,      UNKNOWN,   UNKNOWN",
    "UNKNOWN,   DONE,      UNKNOWN",
    "UNKNOWN,   FAILED,    UNKNOWN",
    "FAILED,    UNKNOWN,   FAILED"
  })
  void whereAllStepsRunTheFirstThatDidNotSucceedIsTheOutcome(
      StepOutcome first, StepOutcome second, ExecutionOutcome outcome) {
    started("kubernetes", "a", "b");
    done("a", first);
    done("b", second);

    run.accepted(new CaseCommand.EndExecution(null, ""));

    assertEquals(outcome, run.state.execution().outcome());
    assertEquals("executed", run.state.closeReason());
  }

  @Test
  void anAdapterThatRehearsesDidNothing() {
    started("rehearsal", "a");
    done("a", StepOutcome.DONE);

    run.accepted(new CaseCommand.EndExecution(null, ""));

    assertEquals(ExecutionOutcome.REHEARSED, run.state.execution().outcome());
  }

  @Test
  void anExecutionOfStepsThatWereNotAllObservedIsNotOver() {
    started("kubernetes", "a", "b");
    done("a", StepOutcome.DONE);
    assertEquals("execution_unfinished", answer(new CaseCommand.EndExecution(null, "")));
    assertEquals("execution_unfinished", answer(intendedAnd(ExecutionOutcome.UNKNOWN)));
  }

  private CaseCommand intendedAnd(ExecutionOutcome outcome) {
    run.accepted(intend("b", 1));
    return new CaseCommand.EndExecution(outcome, "");
  }

  /** Branches may leave steps out: then the executor says the outcome, and is held to it. */
  @ParameterizedTest
  @CsvSource({
    "DONE,      SUCCEEDED, Accepted",
    "DONE,      FAILED,    Accepted", // a branch led to a failure that is no step's
    "DONE,      REHEARSED, wrong_outcome",
    "DONE,      UNKNOWN,   wrong_outcome",
    "DONE,      ABORTED,   wrong_outcome",
    "DONE,      REFUSED,   wrong_outcome",
    "REHEARSED, REHEARSED, Accepted",
    "REHEARSED, SUCCEEDED, wrong_outcome",
    "FAILED,    FAILED,    Accepted",
    "FAILED,    SUCCEEDED, wrong_outcome",
    "FAILED,    REHEARSED, wrong_outcome",
    "UNKNOWN,   UNKNOWN,   Accepted",
    "UNKNOWN,   SUCCEEDED, wrong_outcome",
    "UNKNOWN,   FAILED,    wrong_outcome",
    "UNKNOWN,   REHEARSED, wrong_outcome"
  })
  void anOutcomeIsWhatWasObserved(StepOutcome seen, ExecutionOutcome said, String answer) {
    started("kubernetes", "a", "b");
    done("a", seen);
    assertEquals(answer, answer(new CaseCommand.EndExecution(said, "")));
  }

  @ParameterizedTest
  @CsvSource({
    "kubernetes, SUCCEEDED, Accepted",
    "kubernetes, REHEARSED, wrong_outcome",
    "rehearsal, SUCCEEDED, wrong_outcome",
    "rehearsal, REHEARSED, Accepted"
  })
  void anExecutionInWhichNothingWasToBeDoneSucceeds(
      String adapter, ExecutionOutcome said, String answer) {
    started(adapter, "a");
    assertEquals(answer, answer(new CaseCommand.EndExecution(said, "")));
  }

  @ParameterizedTest
  @EnumSource(
      value = StepOutcome.class,
      names = {"DONE", "UNKNOWN", "REHEARSED"})
  void onlyAfterAFailureIsAStepTriedAgain(StepOutcome seen) {
    started("kubernetes", "a");
    done("a", seen);
    assertEquals("wrong_attempt", answer(intend("a", 2)));
    assertEquals("Repeated", answer(intend("a", 1)));
  }

  @Test
  void attemptsAreNumberedWithoutAGap() {
    started("kubernetes", "a");
    assertEquals("wrong_attempt", answer(intend("a", 0)));
    assertEquals("wrong_attempt", answer(intend("a", 2)));
    done("a", StepOutcome.FAILED);
    assertEquals("wrong_attempt", answer(intend("a", 3)));
    run.accepted(intend("a", 2));
    assertEquals("wrong_attempt", answer(intend("a", 3)), "the second was not observed");
    assertEquals(
        "execution_unfinished",
        answer(new CaseCommand.EndExecution(null, "")),
        "what the first came to counts no more");
  }

  @Test
  void whatWasNeverIntendedIsNotObserved() {
    started("kubernetes", "a");
    assertEquals(
        "no_intent", answer(new CaseCommand.ObserveStep("a", 1, StepOutcome.DONE, "", "[]")));
    assertEquals(
        "unknown_step", answer(new CaseCommand.ObserveStep("b", 1, StepOutcome.DONE, "", "[]")));
    assertEquals("unknown_step", answer(intend("b", 1)));
    assertEquals("unknown_step", answer(intend(Execution.UNDO + "b", 1)));
    assertEquals("Accepted", answer(intend(Execution.UNDO + "a", 1)));
  }

  @ParameterizedTest
  @CsvSource({"200, Accepted", "201, steps_invalid"})
  void anExecutionHasSoManySteps(int count, String answer) {
    approved(1);
    List<String> steps = IntStream.range(0, count).mapToObj(i -> "s" + i).toList();
    assertEquals(answer, answer(new CaseCommand.StartExecution("kubernetes", steps)));
  }

  @Test
  void stepsHaveNamesOfSomeLengthAndNoneTwice() {
    approved(1);
    for (List<String> bad :
        List.of(List.of(""), List.of("s".repeat(201)), Collections.nCopies(2, "s"))) {
      assertEquals("steps_invalid", answer(new CaseCommand.StartExecution("kubernetes", bad)));
    }
    assertEquals(
        "Accepted", answer(new CaseCommand.StartExecution("kubernetes", List.of("s".repeat(200)))));
  }

  @Test
  void nothingIsExecutedBeforeOrWithoutAnApproval() {
    CaseCommand start = new CaseCommand.StartExecution("kubernetes", List.of("a"));
    assertEquals("wrong_phase", answer(start));
    assertEquals("wrong_phase", answer(intend("a", 1)));
    assertEquals("wrong_phase", answer(new CaseCommand.EndExecution(null, "")));
    assertEquals("wrong_phase", answer(new CaseCommand.RefuseExecution("code", "why")));
    approved(2);
    assertEquals("no_action", answer(start));
    assertEquals(
        "case_not_found",
        new CaseRun(THREE).send(start) instanceof Decision.Refused<CaseEvent> refused
            ? refused.refusal().code()
            : "");
  }

  @Test
  void theRegistryIsChangedByItsOwnAdapterAndNothingElseIs() {
    approved(1);
    assertEquals("wrong_adapter", answer(new CaseCommand.StartExecution("registry", List.of("a"))));
    CaseRun governed =
        CaseRun.proposed(THREE, policy(), new RegistryChange.RemoveMembers(List.of("m3")));
    governed.accepted(governed.cast(1, Support.FOR, 1));
    governed.accepted(governed.cast(2, Support.FOR, 1));
    governed.refused(
        "wrong_adapter", new CaseCommand.StartExecution("kubernetes", List.of("apply")));
    governed.accepted(new CaseCommand.StartExecution("registry", List.of("apply")));
  }

  @Test
  void aRefusalIsRepeatedAndAnEndOfAnotherKindIsNone() {
    approved(1);
    CaseCommand refuse = new CaseCommand.RefuseExecution("recount_ballot", "d".repeat(5_000));
    run.accepted(refuse);
    assertEquals("refused", run.state.closeReason());
    CaseEvent.ExecutionEnded ended =
        run.events.stream()
            .filter(CaseEvent.ExecutionEnded.class::isInstance)
            .map(CaseEvent.ExecutionEnded.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(ExecutionOutcome.REFUSED, ended.outcome());
    assertEquals(Texts.MAX_DETAIL, ended.detail().length(), "cut");
    assertEquals("Repeated", answer(refuse));
    assertEquals("case_closed", answer(intend("a", 1)));
  }

  @Test
  void anExecutionThatRanIsNotRefusedAfterwards() {
    started("kubernetes", "a");
    done("a", StepOutcome.DONE);
    run.accepted(new CaseCommand.EndExecution(null, ""));
    assertEquals("case_closed", answer(new CaseCommand.RefuseExecution("code", "why")));
    assertEquals("Repeated", answer(new CaseCommand.EndExecution(null, "")));
    assertEquals("Repeated", answer(new CaseCommand.StartExecution("kubernetes", List.of("a"))));
  }

  /** What a node sends as a signature is bounded before anybody looks at it. */
  @ParameterizedTest
  @CsvSource({"1, 88, true", "200, 0, true", "0, 88, false", "201, 88, false", "1, 89, false"})
  void aStepsSignatureIsOfSomeLength(int name, int signature, boolean fits) {
    if (fits) {
      assertEquals(
          name, new StepSignature("n".repeat(name), "s".repeat(signature)).executor().length());
    } else {
      assertThrows(
          IllegalArgumentException.class,
          () -> new StepSignature("n".repeat(name), "s".repeat(signature)));
    }
  }

  @Test
  void alertsOfACaseAreBoundedAlsoWhileItIsExecuted() {
    CaseRun full = new CaseRun(THREE);
    List<CaseCommand> alerts = new ArrayList<>();
    IntStream.rangeClosed(1, CaseAggregate.MAX_ALERTS).forEach(n -> alerts.add(record(n)));
    alerts.forEach(full::accepted);
    full.refused("case_full", record(CaseAggregate.MAX_ALERTS + 1));
    full.repeated(2, record(1));
  }
}
