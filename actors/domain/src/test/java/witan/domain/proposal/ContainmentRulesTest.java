package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.COUNCIL;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.RAW;
import static witan.domain.Fixtures.START;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import witan.domain.governance.Support;
import witan.domain.governance.Target;

class ContainmentRulesTest {
  private static final String STEP = Containment.step("a");

  private final CaseRun run = CaseRun.alerted(true, "falco", "guardduty");

  private static CaseCommand.StartContainment start(boolean trusted, String... sensors) {
    return new CaseCommand.StartContainment(
        0, "kubernetes", List.of(STEP), List.of(sensors), trusted, 1, Duration.ofMinutes(2));
  }

  private static CaseCommand.IntendStep intend(String step) {
    return new CaseCommand.IntendStep(
        step,
        1,
        "quarantine-label",
        new Target("eu", "shop", "Pod", "web-1"),
        Map.of(),
        "case-1/" + step,
        START.plusSeconds(30));
  }

  private static CaseCommand.ObserveStep observe(String step, StepOutcome outcome) {
    return new CaseCommand.ObserveStep(step, 1, outcome, "ok", "[]");
  }

  private void contain() {
    run.accepted(start(false, "falco", "guardduty"));
    run.accepted(intend(STEP));
    run.accepted(observe(STEP, StepOutcome.DONE));
  }

  private void takeBack(StepOutcome outcome) {
    run.accepted(intend(Execution.UNDO + STEP));
    run.accepted(observe(Execution.UNDO + STEP, outcome));
  }

  @Test
  void itNeedsTwoSensorsOfTheCaseOrATrustedOne() {
    run.refused("not_corroborated", start(false, "falco"));
    run.refused("not_corroborated", start(false, "falco", "falco"));
    run.refused("not_corroborated", start(false, "falco", "made-up"));
    run.refused("not_corroborated", start(true, "made-up"));
    run.refused("not_corroborated", start(true));
    CaseRun.alerted(true, "falco").accepted(start(true, "falco"));
    assertEquals(List.of("ContainmentStarted"), run.names(start(false, "falco", "guardduty")));
    run.repeated(run.state.seq(), start(false, "falco", "guardduty"));
  }

  @Test
  void itNeedsTheProposalsLeaveAndAnOpenVote() {
    CaseRun.alerted(false, "falco", "guardduty")
        .refused("containment_not_allowed", start(false, "falco", "guardduty"));
    run.now = run.state.voting().deadline();
    run.refused("containment_not_allowed", start(false, "falco", "guardduty"));
  }

  @Test
  void nothingMoreIsBegunAfterTheLeaseOrWhileItIsTakenBack() {
    contain();
    CaseCommand another = intend(STEP + "2");
    run.refused("unknown_step", another);
    run.now = START.plus(Duration.ofMinutes(2));
    run.refused(
        "lease_over",
        new CaseCommand.IntendStep(
            STEP,
            2,
            "quarantine-label",
            new Target("eu", "shop", "Pod", "web-1"),
            Map.of(),
            "f",
            START));
    run.accepted(intend(Execution.UNDO + STEP));
  }

  @Test
  void theApprovalOfTheSameOptionConfirmsItWithTheStartOfTheExecution() {
    contain();
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(2, Support.FOR, 1));
    assertEquals(Phase.APPROVED, run.state.phase());

    assertEquals(
        List.of("ContainmentEnded", "ExecutionStarted"),
        run.names(new CaseCommand.StartExecution("kubernetes", List.of("a", "b"))));

    assertEquals(ContainmentOutcome.CONFIRMED, run.state.precautions().containment().outcome());
    assertEquals(StepOutcome.DONE, run.state.execution().observations().get("a").outcome());
    run.accepted(intend("b"));
  }

  @Test
  void anotherOptionWaitsUntilItIsTakenBack() {
    contain();
    run.accepted(run.cast(1, Support.FOR, 2));
    run.accepted(run.cast(2, Support.FOR, 2));
    run.now = run.state.voting().deadline();
    run.refused("containment_open", new CaseCommand.CheckDeadline());
    run.refused("containment_unfinished", new CaseCommand.EndContainment("chosen otherwise"));
    takeBack(StepOutcome.DONE);
    run.accepted(new CaseCommand.EndContainment("chosen otherwise"));
    run.accepted(new CaseCommand.CheckDeadline());
    assertEquals("no_action", run.state.closeReason());
  }

  @Test
  void theDeadlineDecidesButDoesNotCloseWhileEffectsAreThere() {
    contain();
    run.now = run.state.voting().deadline();
    assertEquals(List.of("ProposalExpired"), run.names(new CaseCommand.CheckDeadline()));
    takeBack(StepOutcome.DONE);
    run.accepted(new CaseCommand.EndContainment("expired"));
    assertEquals(List.of("CaseClosed", "CaseSealed"), run.names(new CaseCommand.CheckDeadline()));
  }

  @Test
  void whatCouldNotBeTakenBackIsSaid() {
    contain();
    takeBack(StepOutcome.UNKNOWN);
    run.accepted(new CaseCommand.EndContainment("the lease ran out"));
    assertEquals(ContainmentOutcome.NOT_REVERTED, run.state.precautions().containment().outcome());
  }

  @Test
  void aRefusalOfTheExecutionWaitsToo() {
    contain();
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(2, Support.FOR, 1));
    run.refused("containment_open", new CaseCommand.RefuseExecution("recount", "differs"));
    takeBack(StepOutcome.DONE);
    run.accepted(new CaseCommand.EndContainment("refused"));
    run.accepted(new CaseCommand.RefuseExecution("recount", "differs"));
  }

  @Test
  void theLeaseEndsWithTheVoteAndIsExtendedWithIt() {
    run.accepted(
        new CaseCommand.StartContainment(
            0,
            "kubernetes",
            List.of(STEP),
            List.of("falco", "guardduty"),
            false,
            1,
            Duration.ofDays(1)));
    Containment containment = run.state.precautions().containment();
    assertEquals(run.state.voting().deadline(), containment.expiresAt(run.state.voting()));
    Voting extended = run.state.voting().extendedTo(START.plus(Duration.ofHours(1)));
    assertEquals(START.plus(Duration.ofHours(1)), containment.expiresAt(extended));
  }

  @Test
  void refusalsAreWrittenDownOncePerAlertAndNotForEver() {
    run.accepted(refusal());
    run.repeated(run.state.seq(), refusal());
    for (int i = 0; i < ContainmentRules.MAX_REFUSALS - 1; i++) {
      run.accepted(new CaseCommand.RecordAlert(CASE, COUNCIL, CaseRun.alert("s" + i), RAW));
      assertTrue(NextWork.containment(run.state));
      run.accepted(refusal());
    }
    run.accepted(new CaseCommand.RecordAlert(CASE, COUNCIL, CaseRun.alert("last"), RAW));
    assertTrue(!NextWork.containment(run.state));
    run.refused("containment_decided", refusal());
  }

  /** Of all alerts that the case has. */
  private CaseCommand.RefuseContainment refusal() {
    return new CaseCommand.RefuseContainment(
        "not_corroborated", "one sensor", run.state.alerts().size());
  }

  @Test
  void anAlertThatCameWhileOthersWereJudgedIsJudgedToo() {
    CaseCommand.RefuseContainment judged = refusal();
    run.accepted(new CaseCommand.RecordAlert(CASE, COUNCIL, CaseRun.alert("late"), RAW));
    run.accepted(judged);
    assertEquals(judged.alerts(), run.state.precautions().refused().alerts());
    assertTrue(NextWork.containment(run.state));
    run.repeated(run.state.seq(), judged);
    run.accepted(refusal());
    assertFalse(NextWork.containment(run.state));
  }

  /** Only a forged history has one: the ledger of what is there must not be lost with it. */
  @Test
  void aSecondBeginningChangesNothing() {
    contain();
    Containment before = run.state.precautions().containment();
    forge(started());
    assertEquals(before, run.state.precautions().containment());
    takeBack(StepOutcome.DONE);
    run.accepted(new CaseCommand.EndContainment("the lease ran out"));
    forge(started());
    assertFalse(run.state.precautions().containment().open());
    assertFalse(NextWork.containment(run.state));
  }

  private void forge(CaseEvent event) {
    long seq = run.state.seq();
    run.state = run.aggregate.apply(run.state, event);
    assertEquals(seq + 1, run.state.seq());
  }

  private static CaseEvent started() {
    return new CaseEvent.ContainmentStarted(
        0,
        HASHER.text("playbook"),
        "kubernetes",
        List.of(STEP),
        List.of("falco"),
        true,
        7,
        Duration.ofDays(1),
        START);
  }
}
