package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;
import static witan.domain.proposal.ExecutionTest.intend;
import static witan.domain.proposal.ExecutionTest.observe;
import static witan.domain.proposal.ExecutionTest.start;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.domain.common.Person;
import witan.domain.governance.Support;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.Seat;

/** What an operator's token holds up, and how long. */
class PauseTest {
  private static final Person OLGA = new Person("p1:olga", "sealed");
  private static final CaseCommand PAUSE = new CaseCommand.PauseExecution(OLGA, "the right pod?");
  private static final CaseCommand RESUME = new CaseCommand.ResumeExecution(OLGA);

  private final CaseRun run = ExecutionTest.approved();

  private void after(Duration passed) {
    run.now = run.now.plus(passed);
  }

  @Test
  void noForwardStepBeginsForAQuarterOfAnHour() {
    run.accepted(start("a", "b"));
    Instant until = START.plus(Pauses.LENGTH);
    assertEquals(
        List.of(new CaseEvent.ExecutionPaused("p1:olga", "the right pod?", until, START, "sealed")),
        run.accepted(PAUSE));
    run.refused("execution_paused", intend("a", 1));
    run.now = until.minusMillis(1);
    run.refused("execution_paused", intend("a", 1));
    run.now = until;
    run.accepted(intend("a", 1));
  }

  @Test
  void aPauseBeforeTheBeginHoldsTheFirstStep() {
    run.accepted(PAUSE);
    run.accepted(start("a"));
    run.refused("execution_paused", intend("a", 1));
    run.accepted(RESUME);
    run.accepted(intend("a", 1));
  }

  @Test
  void whatWasBegunIsObservedAndTakenBackMeanwhile() {
    run.accepted(start("a", "b"));
    run.accepted(intend("a", 1));
    run.accepted(PAUSE);
    run.accepted(observe("a", 1, StepOutcome.FAILED));
    run.refused("execution_paused", intend("a", 2));
    run.accepted(intend("undo:a", 1));
    run.accepted(observe("undo:a", 1, StepOutcome.DONE));
    run.accepted(new CaseCommand.EndExecution(ExecutionOutcome.FAILED, "as the plan says"));
  }

  @Test
  void anAbortWaitsForNoPauseAndNothingIsPausedAfterIt() {
    run.accepted(start("a", "b"));
    run.accepted(intend("a", 1));
    run.accepted(observe("a", 1, StepOutcome.DONE));
    run.accepted(PAUSE);
    run.accepted(AbortTest.abort(true, "wrong"));
    run.accepted(intend("undo:a", 1));
    run.accepted(observe("undo:a", 1, StepOutcome.DONE));
    after(PauseRules.SAME);
    run.refused("execution_aborted", PAUSE);
    run.accepted(new CaseCommand.EndExecution(ExecutionOutcome.ABORTED, "taken back"));
    run.refused("case_closed", PAUSE);
    run.refused("case_closed", RESUME);
  }

  @Test
  void aRenewedPauseCountsFromThen() {
    run.accepted(start("a"));
    run.accepted(PAUSE);
    after(Duration.ofMinutes(10));
    run.accepted(PAUSE);
    after(Pauses.LENGTH.minusMillis(1));
    run.refused("execution_paused", intend("a", 1));
    after(Duration.ofMillis(1));
    run.accepted(intend("a", 1));
  }

  @Test
  void anAnswerThatGotLostIsGivenAgain() {
    run.accepted(start("a"));
    run.accepted(PAUSE);
    long paused = run.state.seq();
    after(PauseRules.SAME.minusMillis(1));
    run.repeated(paused, PAUSE);
    run.accepted(RESUME);
    run.repeated(run.state.seq(), RESUME);
    run.accepted(PAUSE);
    assertTrue(run.state.precautions().pauses().at(run.now));
  }

  @Test
  void onlyWhatIsPausedIsResumed() {
    run.accepted(start("a"));
    run.refused("not_paused", RESUME);
    run.accepted(PAUSE);
    after(Pauses.LENGTH);
    run.refused("not_paused", RESUME);
  }

  @Test
  void aTokenDelaysAShiftAtMost() {
    run.accepted(start("a"));
    for (int i = 0; i < PauseRules.MOST; i++) {
      run.accepted(PAUSE);
      after(Pauses.LENGTH);
    }
    run.refused("pauses_used_up", PAUSE);
    assertEquals(Duration.ofHours(8), Duration.between(START, run.now));
    run.accepted(intend("a", 1));
  }

  /** As a case node may log it. */
  @Test
  void noEntryPausesLonger() {
    run.accepted(start("a"));
    CaseState forged =
        run.aggregate.apply(
            run.state,
            new CaseEvent.ExecutionPaused(
                "p1:olga", "for ever", START.plus(Duration.ofDays(9)), START, null));
    Pauses pauses = forged.precautions().pauses();
    assertEquals(START.plus(Pauses.LENGTH), pauses.until());
    assertFalse(pauses.at(START.plus(Pauses.LENGTH)));
  }

  @Test
  void onlyWhatWasApprovedAndDoesSomethingIsPaused() {
    run.refused("pause_reason", new CaseCommand.PauseExecution(OLGA, " "));
    new CaseRun().refused("case_not_found", PAUSE);
    CaseRun observing = new CaseRun();
    observing.accepted(record(1));
    observing.refused("wrong_phase", PAUSE);
    CaseRun nothing = CaseRun.voting(electorate(1), policy(), option("isolate", 1));
    nothing.accepted(nothing.cast(1, Support.FOR, 2));
    nothing.refused("no_action", PAUSE);
    CaseRun change =
        CaseRun.proposed(
            electorate(1),
            policy(),
            new RegistryChange.AdmitMembers(
                List.of(new Seat("zoe", "acme", "analyst", address(9), BigInteger.ONE))));
    change.accepted(change.cast(1, Support.FOR, 1));
    change.refused("not_pausable", PAUSE);
  }
}
