package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;
import static witan.domain.Fixtures.sign;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.SignedStatement;

class ExecutionTest {
  private static final CaseCommand END = new CaseCommand.EndExecution();

  private final CaseRun run = approved();

  static CaseRun approved() {
    CaseRun run = CaseRun.voting(electorate(1), policy(), option("isolate", 1));
    run.accepted(run.cast(1, Support.FOR, 1));
    return run;
  }

  static CaseCommand.StartExecution start(String... steps) {
    return new CaseCommand.StartExecution("kubernetes", List.of(steps));
  }

  static CaseCommand.IntendStep intend(String step, int attempt) {
    return new CaseCommand.IntendStep(
        step,
        attempt,
        "isolate",
        new Target("eu", "shop", "Pod", "web-1"),
        Map.of(),
        "case-1/" + step,
        START.plusSeconds(30));
  }

  static CaseCommand.ObserveStep observe(String step, int attempt, StepOutcome outcome) {
    return new CaseCommand.ObserveStep(step, attempt, outcome, "ok", "[]");
  }

  /** Only a forged history has one: what was begun must not be forgotten with it. */
  @Test
  void aSecondBeginningChangesNothing() {
    run.accepted(start("a", "b"));
    run.accepted(intend("a", 1));
    Execution before = run.state.execution();
    run.state =
        run.aggregate.apply(
            run.state,
            new CaseEvent.ExecutionStarted(
                0, before.playbookDigest(), "rehearsal", List.of("c"), START));
    assertEquals(before, run.state.execution());
    run.refused("unknown_step", intend("c", 1));
  }

  @Test
  void stepsRunInOrderEachWithIntentAndObservation() {
    assertEquals(List.of("ExecutionStarted"), run.names(start("a", "b")));
    assertEquals(Phase.EXECUTING, run.state.phase());
    run.repeated(6, start("other"));
    run.refused("unknown_step", intend("c", 1));
    run.refused("no_intent", observe("a", 1, StepOutcome.DONE));
    run.refused("unknown_step", observe("c", 1, StepOutcome.DONE));
    run.accepted(intend("a", 1));
    run.repeated(7, intend("a", 1));
    run.refused("execution_unfinished", END);
    run.accepted(observe("a", 1, StepOutcome.DONE));
    run.repeated(8, observe("a", 1, StepOutcome.FAILED));
    run.refused("wrong_attempt", intend("a", 2));
    run.accepted(intend("b", 1));
    run.accepted(observe("b", 1, StepOutcome.DONE));
    assertEquals(
        List.of(
            new CaseEvent.ExecutionEnded(ExecutionOutcome.SUCCEEDED, "", START),
            new CaseEvent.CaseClosed("executed", START),
            new CaseEvent.CaseSealed(13, START)),
        run.accepted(END));
    run.repeated(11, END);
    run.repeated(6, start());
    run.repeated(8, observe("a", 1, StepOutcome.DONE));
    run.refused("case_closed", intend("a", 3));
    run.refused("case_closed", observe("a", 3, StepOutcome.DONE));
    assertEquals(13, run.state.seq());
    assertEquals(ExecutionOutcome.SUCCEEDED, run.state.execution().outcome());
  }

  @Test
  void aFailedStepMayBeTriedAgainOrEndsTheExecution() {
    run.accepted(start("a", "b"));
    run.refused("wrong_attempt", intend("a", 2));
    run.refused("wrong_attempt", intend("a", 0));
    run.accepted(intend("a", 1));
    run.refused("wrong_attempt", intend("a", 2));
    run.accepted(observe("a", 1, StepOutcome.FAILED));
    run.accepted(intend("a", 2));
    run.refused("execution_unfinished", END);
    run.accepted(observe("a", 2, StepOutcome.FAILED));
    assertEquals(
        new CaseEvent.ExecutionEnded(ExecutionOutcome.FAILED, "a: ok", START),
        run.accepted(END).get(0));
  }

  @Test
  void anUnknownEffectIsNeverTriedAgain() {
    run.accepted(start("a"));
    run.accepted(intend("a", 1));
    run.accepted(observe("a", 1, StepOutcome.UNKNOWN));
    run.refused("wrong_attempt", intend("a", 2));
    assertEquals(
        new CaseEvent.ExecutionEnded(ExecutionOutcome.UNKNOWN, "a: ok", START),
        run.accepted(END).get(0));
  }

  @Test
  void branchesMayLeaveStepsOutAndTheOutcomeMustFitWhatWasObserved() {
    run.accepted(start("a", "b", "c"));
    run.accepted(intend("a", 1));
    run.refused("execution_unfinished", as(ExecutionOutcome.FAILED));
    run.accepted(observe("a", 1, StepOutcome.FAILED));
    run.refused("wrong_outcome", as(ExecutionOutcome.SUCCEEDED));
    run.refused("unknown_step", intend("undo:d", 1));
    run.accepted(intend("undo:a", 1));
    run.accepted(observe("undo:a", 1, StepOutcome.DONE));
    run.accepted(intend("c", 1));
    run.accepted(observe("c", 1, StepOutcome.DONE));
    run.refused("wrong_outcome", as(ExecutionOutcome.UNKNOWN));
    run.refused("wrong_outcome", as(ExecutionOutcome.REHEARSED));
    run.refused("wrong_outcome", as(ExecutionOutcome.REFUSED));
    run.accepted(as(ExecutionOutcome.SUCCEEDED));
    assertEquals(ExecutionOutcome.SUCCEEDED, run.state.execution().outcome());
    assertEquals("executed", run.state.closeReason());
  }

  private static CaseCommand as(ExecutionOutcome outcome) {
    return new CaseCommand.EndExecution(outcome, "by the playbook");
  }

  /** Signed by member 5, recorded as number 7 of the registry. */
  static CaseCommand.ConfirmStep confirm(String step, boolean done, String reason) {
    return confirm(step, "case-1", step, done, reason, address(5));
  }

  private static CaseCommand.ConfirmStep confirm(
      String to, String caseId, String step, boolean done, String reason, Address signer) {
    MemberStatement said =
        new MemberStatement.ConfirmStep(
            Digest.ZERO,
            HASHER.text(caseId),
            HASHER.text(step),
            done,
            HASHER.text(reason),
            address(5),
            1,
            START.getEpochSecond() + 600);
    return new CaseCommand.ConfirmStep(
        to, new RecordedStatement(new SignedStatement(said, reason, sign(said, signer)), 7));
  }

  private void asked(String step) {
    CaseCommand.IntendStep asked = intend(step, 1);
    run.accepted(
        new CaseCommand.IntendStep(
            step, 1, "manual", asked.target(), Map.of(), "case-1/m", asked.deadline()));
  }

  @Test
  void aMemberConfirmsWhatWaitsForAPersonAndNothingElse() {
    CaseCommand.ConfirmStep confirm = confirm("m", true, "rebuilt");
    run.refused("not_manual", confirm);
    run.accepted(start("a", "m"));
    run.accepted(intend("a", 1));
    run.refused("not_manual", confirm("a", true, "rebuilt"));
    asked("m");
    run.accepted(confirm);
    CaseEvent.StepObserved seen = run.state.execution().observations().get("m");
    assertEquals(StepOutcome.DONE, seen.outcome());
    assertEquals("confirmed by " + address(5) + ": rebuilt", seen.detail());
    assertEquals(confirm.said(), seen.said());
    run.repeated(9, confirm);
    run.refused("step_resolved", confirm("m", false, "no"));
  }

  @Test
  void whatIsSaidOfAStepThatIsOverIsRefusedAndNotAnsweredWithAnotherEntry() {
    // Given a step that a member confirmed, and one that was rehearsed
    run.accepted(start("m", "r"));
    asked("m");
    CaseCommand.ConfirmStep confirm = confirm("m", true, "rebuilt");
    run.accepted(confirm);
    asked("r");
    run.accepted(observe("r", 1, StepOutcome.REHEARSED));

    // When somebody says of either what was found already
    run.refused("step_resolved", confirm("m", true, "another says so too"));
    run.refused("step_resolved", confirm("r", true, "rebuilt"));
    run.accepted(as(ExecutionOutcome.REHEARSED));
    run.refused("step_resolved", confirm("r", true, "rebuilt"));

    // Then only the statement that is there is answered with its place, also when all is over
    run.repeated(8, confirm);
  }

  @Test
  void aMemberSaysThatItWasNotDone() {
    run.accepted(start("m"));
    asked("m");
    run.accepted(confirm("m", false, "nobody there"));
    CaseEvent.StepObserved seen = run.state.execution().observations().get("m");
    assertEquals(StepOutcome.FAILED, seen.outcome());
    assertEquals("not done, says " + address(5) + ": nobody there", seen.detail());
  }

  @Test
  void whatNoMemberSaidOfThisStepOpensNothing() {
    run.accepted(start("m", "n"));
    asked("m");
    Address own = address(5);
    run.refused("wrong_statement", confirm("m", "case-1", "n", true, "ok", own));
    run.refused("wrong_statement", confirm("m", "case-2", "m", true, "ok", own));
    run.refused("signature_wrong_signer", confirm("m", "case-1", "m", true, "ok", address(1)));
    SignedStatement honest = confirm("m", true, "ok").said().signed();
    run.refused(
        "statement_reason",
        new CaseCommand.ConfirmStep(
            "m",
            new RecordedStatement(
                new SignedStatement(honest.statement(), "another", honest.signature()), 7)));
    run.accepted(new CaseCommand.ConfirmStep("m", new RecordedStatement(honest, 7)));
  }

  @Test
  void anUnknownEffectIsNeverCalledAnythingElse() {
    run.accepted(start("a"));
    run.accepted(intend("a", 1));
    run.accepted(observe("a", 1, StepOutcome.UNKNOWN));
    run.refused("wrong_outcome", as(ExecutionOutcome.SUCCEEDED));
    run.refused("wrong_outcome", as(ExecutionOutcome.FAILED));
    run.accepted(as(ExecutionOutcome.UNKNOWN));
  }

  @Test
  void aRehearsalIsNeverCalledASuccess() {
    run.accepted(start("a", "b"));
    run.accepted(intend("a", 1));
    run.accepted(observe("a", 1, StepOutcome.REHEARSED));
    run.accepted(intend("b", 1));
    run.accepted(observe("b", 1, StepOutcome.DONE));
    run.accepted(END);
    assertEquals(ExecutionOutcome.REHEARSED, run.state.execution().outcome());
    CaseRun empty = approved();
    empty.accepted(new CaseCommand.StartExecution("rehearsal", List.of()));
    empty.accepted(END);
    assertEquals(ExecutionOutcome.REHEARSED, empty.state.execution().outcome());
  }

  @Test
  void anApprovedExecutionMayBeRefusedUntilItStarts() {
    CaseCommand refusal = new CaseCommand.RefuseExecution("recount_ballot", "event 4");
    assertEquals(
        List.of(
            new CaseEvent.ExecutionEnded(
                ExecutionOutcome.REFUSED, "recount_ballot: event 4", START),
            new CaseEvent.CaseClosed("refused", START),
            new CaseEvent.CaseSealed(8, START)),
        run.accepted(refusal));
    run.repeated(6, refusal);
    run.repeated(6, END);
    run.refused("case_closed", start("a"));
    assertEquals(ExecutionOutcome.REFUSED, run.state.execution().outcome());
    CaseRun started = approved();
    started.accepted(start("a"));
    started.refused("wrong_phase", refusal);
  }

  @Test
  void nothingRunsWithoutAnApproval() {
    CaseRun voting = CaseRun.voting(electorate(1, 1), policy(), option("isolate", 1));
    CaseRun none = new CaseRun();
    for (CaseCommand command :
        List.of(
            start("a"),
            intend("a", 1),
            observe("a", 1, StepOutcome.DONE),
            END,
            new CaseCommand.RefuseExecution("c", "d"))) {
      none.refused("case_not_found", command);
      voting.refused("wrong_phase", command);
    }
  }

  @Test
  void stepsAreBoundedAndDistinct() {
    run.refused("steps_invalid", start("a", "a"));
    run.refused("steps_invalid", start(""));
    run.refused("steps_invalid", start("s".repeat(201)));
    run.refused(
        "steps_invalid",
        start(IntStream.range(0, 201).mapToObj(i -> "s" + i).toArray(String[]::new)));
  }

  @Test
  void longTextsAreCutBetweenCharacters() {
    run.accepted(start("a"));
    run.accepted(intend("a", 1));
    String detail = "x".repeat(999) + String.join("", Collections.nCopies(3, "\uD83D\uDE00"));
    run.accepted(new CaseCommand.ObserveStep("a", 1, StepOutcome.DONE, detail, "[]"));
    assertEquals("x".repeat(999), run.state.execution().observations().get("a").detail());
  }

  @Test
  void nextWorkFollowsFromTheState() {
    assertEquals(new NextWork.Nothing(), NextWork.of(CaseState.EMPTY, START));
    CaseRun fresh = new CaseRun();
    fresh.accepted(record(1));
    assertEquals(new NextWork.PlanResponse(), NextWork.of(fresh.state, START));
    CaseRun voting = CaseRun.voting(electorate(1, 1), policy(), option("isolate", 1));
    assertEquals(
        new NextWork.AwaitDeadline(START.plusSeconds(300), false),
        NextWork.of(voting.state, START.plusMillis(299_999)));
    assertEquals(
        new NextWork.AwaitDeadline(START.plusSeconds(300), true),
        NextWork.of(voting.state, START.plusSeconds(300)));
    voting.accepted(voting.cast(1, Support.AGAINST, 0));
    assertEquals(Phase.REJECTED, voting.state.phase());
    assertEquals(
        new NextWork.AwaitDeadline(START.plusSeconds(300), false),
        NextWork.of(voting.state, START));
    assertEquals(new NextWork.Execute(), NextWork.of(run.state, START));
    run.accepted(start("a"));
    assertEquals(new NextWork.Execute(), NextWork.of(run.state, START));
    run.accepted(intend("a", 1));
    run.accepted(observe("a", 1, StepOutcome.FAILED));
    run.accepted(END);
    assertTrue(run.state.sealed());
    assertEquals(new NextWork.Nothing(), NextWork.of(run.state, START));
  }
}
