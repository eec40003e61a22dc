package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.domain.common.Decision;
import witan.domain.governance.Support;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.Seat;
import witan.domain.registry.SignedStatement;

class AbortTest {
  private static final CaseCommand.AbortExecution ABORT = abort(true, "wrong");

  private final CaseRun run = ExecutionTest.approved();

  static CaseCommand.AbortExecution abort(boolean undo, String reason) {
    return CaseRun.abort("case-1", undo, reason, address(5));
  }

  private static CaseCommand end(ExecutionOutcome outcome) {
    return new CaseCommand.EndExecution(outcome, "as the executor says");
  }

  @Test
  void nothingBeginsAfterAnAbortButWhatTakesAStepBack() {
    run.accepted(start("a", "b"));
    run.accepted(intend("a", 1));
    assertEquals(
        List.of(
            new CaseEvent.AbortRequested(
                "member " + address(5), "wrong", true, START, null, ABORT.said())),
        run.accepted(ABORT));
    run.refused("execution_aborted", intend("b", 1));
    run.refused("execution_aborted", intend("undo:a", 1));
    run.refused("execution_unfinished", end(ExecutionOutcome.ABORTED));
    run.accepted(observe("a", 1, StepOutcome.DONE));
    run.refused("execution_aborted", intend("undo:b", 1));
    run.accepted(intend("undo:a", 1));
    run.accepted(observe("undo:a", 1, StepOutcome.DONE));
    for (ExecutionOutcome other :
        List.of(ExecutionOutcome.SUCCEEDED, ExecutionOutcome.FAILED, ExecutionOutcome.UNKNOWN)) {
      run.refused("wrong_outcome", end(other));
    }
    run.accepted(end(ExecutionOutcome.ABORTED));
    assertEquals("aborted", run.state.closeReason());
    assertTrue(run.state.sealed());
    run.repeated(8, ABORT);
  }

  @Test
  void theFirstAbortCounts() {
    CaseCommand keep = abort(false, "enough");
    run.accepted(start("a", "b"));
    run.accepted(intend("a", 1));
    run.accepted(observe("a", 1, StepOutcome.FAILED));
    run.accepted(keep);
    run.refused("execution_aborted", intend("a", 2));
    run.refused("abort_exists", ABORT);
    run.repeated(9, abort(false, "another reason"));
    run.accepted(end(ExecutionOutcome.ABORTED));
  }

  @Test
  void anUnknownEffectStaysUnknown() {
    run.accepted(start("a"));
    run.accepted(intend("a", 1));
    run.accepted(ABORT);
    run.accepted(observe("a", 1, StepOutcome.UNKNOWN));
    run.refused("wrong_outcome", end(ExecutionOutcome.ABORTED));
    run.accepted(end(ExecutionOutcome.UNKNOWN));
    assertEquals("aborted", run.state.closeReason());
  }

  @Test
  void whatHasNotBegunNeverBegins() {
    assertEquals(
        List.of("AbortRequested", "ExecutionEnded", "CaseClosed", "CaseSealed"), run.names(ABORT));
    assertEquals(ExecutionOutcome.ABORTED, run.state.execution().outcome());
    run.refused("case_closed", start("a"));
  }

  @Test
  void aRaceThatTheEndWonIsRefusedAndSaysHowItEnded() {
    run.refused("abort_reason", abort(true, " "));
    run.accepted(start("a"));
    run.accepted(intend("a", 1));
    run.accepted(observe("a", 1, StepOutcome.DONE));
    run.accepted(end(ExecutionOutcome.SUCCEEDED));
    run.refused("execution_ended", ABORT);
  }

  @Test
  void onlyWhatWasApprovedAndDoesSomethingCanBeAborted() {
    new CaseRun().refused("case_not_found", ABORT);
    CaseRun observing = new CaseRun();
    observing.accepted(record(1));
    observing.refused("wrong_phase", ABORT);
    CaseRun rejected = CaseRun.voting(electorate(1, 1), policy(), option("isolate", 1));
    rejected.accepted(rejected.cast(1, Support.AGAINST, 0));
    rejected.refused("wrong_phase", ABORT);
    CaseRun nothing = CaseRun.voting(electorate(1), policy(), option("isolate", 1));
    nothing.accepted(nothing.cast(1, Support.FOR, 2));
    nothing.refused("no_action", ABORT);
  }

  @Test
  void whatNoMemberSaidOfThisCaseEndsNothing() {
    run.accepted(start("a"));
    run.refused("wrong_statement", CaseRun.abort("case-2", true, "wrong", address(5)));
    run.refused("signature_wrong_signer", CaseRun.abort("case-1", true, "wrong", address(1)));
    SignedStatement honest = ABORT.said().signed();
    run.refused(
        "statement_reason",
        new CaseCommand.AbortExecution(
            new RecordedStatement(
                new SignedStatement(honest.statement(), "another", honest.signature()), 7)));
    run.refused(
        "wrong_statement",
        new CaseCommand.AbortExecution(ExecutionTest.confirm("a", true, "ok").said()));
    run.accepted(ABORT);
  }

  /** As older logs hold it, for whoever checks them. */
  @Test
  void aTokensWordFollowsTheSameRules() {
    run.accepted(start("a"));
    CaseEvent.AbortRequested token =
        new CaseEvent.AbortRequested("p1:olga", "wrong", true, START, "sealed");
    assertEquals(Decision.<CaseEvent>accept(token), CaseAggregate.abortedByToken(run.state, token));
    run.accepted(ABORT);
    assertEquals(
        new Decision.Repeated<CaseEvent>(run.state.seq()),
        CaseAggregate.abortedByToken(run.state, token));
  }

  @Test
  void aChangeOfTheRegistryIsNobodysToStop() {
    CaseRun change =
        CaseRun.proposed(
            electorate(1),
            policy(),
            new RegistryChange.AdmitMembers(
                List.of(new Seat("zoe", "acme", "analyst", address(9), BigInteger.ONE))));
    change.accepted(change.cast(1, Support.FOR, 1));
    change.refused("not_abortable", ABORT);
  }
}
