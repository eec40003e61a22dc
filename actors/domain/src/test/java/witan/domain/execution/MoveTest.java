package witan.domain.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import witan.domain.common.Person;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.planning.PlannedWorkflow.PlanNode;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseRun;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Pauses;
import witan.domain.proposal.StepOutcome;

/** What an execution does next, told by plan and log alone. */
class MoveTest {
  private static final Target POD = new Target("eu", "shop", "Pod", "web-1");
  private static final Person OLGA = new Person("p1:olga", "sealed");

  /** Two labels, one after the other, that can be taken back. */
  private static final PlannedWorkflow LINE =
      PlannedWorkflow.line(List.of(step("a", "quarantine-label"), step("b", "set-label")));

  private final CaseRun run = CaseRun.voting(electorate(1), policy(), option("isolate", 1));
  private PlannedWorkflow plan = LINE;

  private static PlannedStep step(String id, String command) {
    boolean reversible = !command.equals("manual");
    return new PlannedStep(
        id, id, command, POD, Map.of("label", "q"), Duration.ofSeconds(9), reversible, null);
  }

  /** Those steps side by side, then the end. */
  private static PlannedWorkflow parallel(Duration delay, PlannedStep... steps) {
    Map<String, PlannedStep> byId = new LinkedHashMap<>();
    Map<String, PlanNode> nodes = new LinkedHashMap<>();
    for (PlannedStep step : steps) {
      byId.put(step.id(), step);
      nodes.put(
          step.id(),
          new PlanNode(step.id(), List.of(step.id()), List.of(), Duration.ZERO, "end", ""));
    }
    List<String> branches = List.copyOf(byId.keySet());
    nodes.put("p", new PlanNode("p", List.of(), branches, delay, "end", ""));
    nodes.put("end", new PlanNode("end", List.of(), List.of(), Duration.ZERO, "", ""));
    return new PlannedWorkflow(byId, nodes, "p", "");
  }

  private Move next() {
    return Move.next(run.state, plan, Attestation.NONE, run.now);
  }

  private List<String> due() {
    return Move.due(run.state, plan, run.now).stream().map(Order::step).toList();
  }

  private MoveTest approved() {
    run.accepted(run.cast(1, Support.FOR, 1));
    return this;
  }

  private MoveTest started() {
    return started("kubernetes");
  }

  private MoveTest started(String adapter) {
    approved();
    assertEquals(new Move.Start(), next());
    run.accepted(new CaseCommand.StartExecution(adapter, plan.order()));
    return this;
  }

  /** The next move is that step, and it is written down. */
  private void intends(String step) {
    Move.Intend intend = assertInstanceOf(Move.Intend.class, next());
    assertEquals(step, intend.order().step());
    assertEquals(Duration.ofSeconds(9), intend.timeout());
    run.accepted(intend.order().intent(Map.of(), run.now.plusSeconds(30), null));
  }

  private void performs(String step) {
    assertEquals(step, assertInstanceOf(Move.Perform.class, next()).order().step());
  }

  private void observed(String step, StepOutcome outcome) {
    run.accepted(new CaseCommand.ObserveStep(step, 1, outcome, "seen", "[]"));
  }

  private void done(String step) {
    intends(step);
    performs(step);
    observed(step, StepOutcome.DONE);
  }

  private void ends(ExecutionOutcome outcome) {
    assertEquals(outcome, assertInstanceOf(Move.End.class, next()).outcome());
  }

  // ---- the whole way

  @Test
  void nothingIsDoneUntilItIsApproved() {
    assertEquals(new Move.Rest(), next());
    assertEquals(List.of(), due());
    approved();
    assertEquals(new Move.Start(), next());
    assertEquals(List.of(), due(), "and nothing is due before it has begun");
  }

  @Test
  void nothingIsDoneOfWhatWasRejected() {
    run.accepted(run.cast(1, Support.AGAINST, 0));
    assertEquals(new Move.Rest(), next());
  }

  @Test
  void eachStepIsWrittenDownThenPerformedThenObserved() {
    started();
    assertEquals(List.of("a"), due());
    done("a");
    assertEquals(List.of("b"), due());
    done("b");
    ends(ExecutionOutcome.SUCCEEDED);
    run.accepted(new CaseCommand.EndExecution(ExecutionOutcome.SUCCEEDED, ""));
    assertEquals(new Move.Rest(), next());
  }

  @Test
  void aRehearsalIsToldByItsAdapterOrByAStep() {
    started("rehearsal");
    done("a");
    done("b");
    ends(ExecutionOutcome.REHEARSED);

    MoveTest other = new MoveTest().started();
    other.intends("a");
    other.observed("a", StepOutcome.REHEARSED);
    other.done("b");
    other.ends(ExecutionOutcome.REHEARSED);
  }

  @Test
  void aFailedStepIsTakenBackAndThenItHasFailed() {
    started();
    done("a");
    intends("b");
    observed("b", StepOutcome.FAILED);
    done("undo:b");
    ends(ExecutionOutcome.FAILED);
  }

  @Test
  void whatIsUnknownEndsItOnceWhatWasBegunIsKnown() {
    plan = parallel(Duration.ZERO, step("a", "quarantine-label"), step("b", "set-label"));
    started();
    assertEquals(List.of("a", "b"), due());
    intends("a");
    run.accepted(
        CaseOrders.decided(run.state, plan)
            .of("b")
            .orElseThrow()
            .intent(Map.of(), run.now.plusSeconds(30), null));
    observed("a", StepOutcome.UNKNOWN);
    performs("b");
    observed("b", StepOutcome.DONE);
    ends(ExecutionOutcome.UNKNOWN);
  }

  @Test
  void aPersonIsWaitedForLast() {
    plan = parallel(Duration.ZERO, step("ask", "manual"), step("a", "quarantine-label"));
    started();
    intends("ask");
    intends("a");
    performs("a");
    observed("a", StepOutcome.DONE);
    performs("ask");
  }

  @Test
  void aDelayIsSleptThrough() {
    plan = parallel(Duration.ofSeconds(7), step("a", "quarantine-label"));
    started();
    assertEquals(new Move.Sleep(START.plusSeconds(7)), next());
    assertEquals(List.of(), due());
    run.now = START.plusSeconds(7);
    intends("a");
  }

  // ---- pauses

  @Test
  void aPauseHoldsWhatIsNotBegunAndNothingElse() {
    started();
    intends("a");
    run.accepted(new CaseCommand.PauseExecution(OLGA, "the right pod?"));
    performs("a");
    observed("a", StepOutcome.DONE);
    assertEquals(new Move.Sleep(START.plus(Pauses.LENGTH)), next());
    run.now = START.plus(Pauses.LENGTH);
    intends("b");
  }

  @Test
  void whatIsTakenBackIsNotHeld() {
    started();
    intends("a");
    observed("a", StepOutcome.FAILED);
    run.accepted(new CaseCommand.PauseExecution(OLGA, "the right pod?"));
    intends("undo:a");
  }

  // ---- ended early

  private void abort(boolean undo) {
    run.accepted(CaseRun.abort("case-1", undo, "wrong", address(5)));
  }

  @Test
  void afterAnAbortWhatWasBegunIsLookedUpThenAllIsTakenBackTheNewestFirst() {
    started();
    done("a");
    intends("b");
    abort(true);
    assertEquals(List.of(), due(), "nothing is due while something is not known");
    Move.Abandon abandon = assertInstanceOf(Move.Abandon.class, next());
    assertEquals("b", abandon.order().step());
    observed("b", StepOutcome.FAILED);
    assertEquals(List.of("undo:b"), due());
    intends("undo:b");
    performs("undo:b");
    observed("undo:b", StepOutcome.FAILED);
    done("undo:a");
    Move.End end = assertInstanceOf(Move.End.class, next());
    assertEquals(ExecutionOutcome.ABORTED, end.outcome());
    assertTrue(end.detail().endsWith("wrong; NOT taken back: b"), end.detail());
    assertEquals(List.of(), due());
  }

  @Test
  void whoWantsNothingTakenBackGetsAnEnd() {
    started();
    done("a");
    abort(false);
    ends(ExecutionOutcome.ABORTED);
  }

  @Test
  void whatIsUnknownIsLeftForAPersonAfterAnAbortToo() {
    started();
    done("a");
    intends("b");
    observed("b", StepOutcome.UNKNOWN);
    abort(true);
    done("undo:a");
    ends(ExecutionOutcome.UNKNOWN);
  }

  // ---- forged

  @Test
  void anIntentThatNobodyOrderedVoidsTheCaseAndIsNotPerformed() {
    started();
    done("a");
    run.accepted(
        new CaseCommand.IntendStep(
            "b", 1, "delete-pod", POD, Map.of(), "case-1/b", run.now.plusSeconds(30)));

    Move.Forged forged = assertInstanceOf(Move.Forged.class, next());

    assertEquals("forged_intent", forged.code());
    assertEquals("b", assertInstanceOf(Move.Disown.class, forged.next()).intent().step());
    observed("b", StepOutcome.UNKNOWN);
    Move.Forged back = assertInstanceOf(Move.Forged.class, next());
    assertEquals(
        Execution.UNDO + "a", assertInstanceOf(Move.Intend.class, back.next()).order().step());
  }
}
