package witan.domain.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.START;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseRun;
import witan.domain.proposal.Containment;
import witan.domain.proposal.StepOutcome;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Who;

/** What a provisional containment does next, while the council votes and after it. */
class ContainmentRunTest {
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final String A = Containment.step("a");
  private static final String B = Containment.step("b");
  private static final CaseOrders ORDERS =
      CaseOrders.provisional(CASE, List.of(step("a", "quarantine-label"), step("b", "set-label")));

  private final CaseRun run = CaseRun.alerted(true, "falco", "guardduty");
  private Lease lease = Lease.HELD;
  private boolean refused;

  private static PlannedStep step(String id, String command) {
    Target pod = new Target("eu", "shop", "Pod", "web-1");
    return new PlannedStep(
        id, id, command, pod, Map.of("label", "q"), Duration.ofSeconds(9), true, null);
  }

  @BeforeEach
  void began() {
    assertEquals(new Move.Rest(), next(), "nothing is there before it has begun");
    run.accepted(
        new CaseCommand.StartContainment(
            0, "kubernetes", List.of(A, B), List.of("falco", "guardduty"), false, 1, LEASE));
  }

  private Move next() {
    return ContainmentRun.next(run.state, ORDERS, lease, Attestation.NONE, refused, run.now);
  }

  private void intends(String step) {
    Move.Intend intend = assertInstanceOf(Move.Intend.class, next());
    assertEquals(step, intend.order().step());
    run.accepted(intend.order().intent(Map.of(), run.now.plusSeconds(30), null));
  }

  private void observed(String step, StepOutcome outcome) {
    run.accepted(new CaseCommand.ObserveStep(step, 1, outcome, "seen", "[]"));
  }

  private void done(String step) {
    intends(step);
    assertEquals(step, assertInstanceOf(Move.Perform.class, next()).order().step());
    observed(step, StepOutcome.DONE);
  }

  private void contained() {
    done(A);
    done(B);
    assertEquals(new Move.Rest(), next());
  }

  /** Everything is taken back, the newest first, for that reason. */
  private void takenBack(String why) {
    done("undo:" + B);
    done("undo:" + A);
    assertEquals(new Move.Over(why), next());
  }

  @Test
  void itsStepsAreDoneOneAfterTheOtherAndThenStay() {
    contained();
    run.now = START.plus(LEASE).minusMillis(1);
    assertEquals(new Move.Rest(), next());
  }

  @Test
  void whenTheLeaseRunsOutEverythingIsTakenBack() {
    contained();
    run.now = START.plus(LEASE);
    takenBack("the lease ran out");
  }

  @Test
  void whoHasNoLeaseTakesBackAndWhoIsHaltedLeavesItAsItIs() {
    contained();
    lease = Lease.halted("the radius grew", Who.OPERATOR);
    assertEquals(new Move.Rest(), next(), "nothing is left to do, so nothing is held up");
    lease = Lease.none("no such row");
    takenBack("no such row");
  }

  @Test
  void nothingIsBegunWithoutALease() {
    lease = Lease.halted("the radius grew", Who.OPERATOR);
    assertEquals(
        new Move.Rest(new Reason(WaitCode.CONTAINMENT_HALTED, "the radius grew", Who.OPERATOR)),
        next());
    lease = Lease.none("no such row");
    assertEquals(new Move.Over("no such row"), next());
  }

  @Test
  void whatWasBegunIsNotAttemptedOnceMoreWithoutALease() {
    intends(A);
    lease = Lease.halted("the radius grew", Who.OPERATOR);
    Move.Abandon abandon = assertInstanceOf(Move.Abandon.class, next());
    assertEquals("the radius grew", abandon.why());
    assertEquals(A, abandon.order().step());
  }

  @Test
  void whatWasBegunIsNotAttemptedOnceMoreWhenItIsTakenBackAnyway() {
    intends(A);
    run.now = START.plus(LEASE);
    assertEquals("the lease ran out", assertInstanceOf(Move.Abandon.class, next()).why());
    observed(A, StepOutcome.DONE);
    // what takes back goes on, whatever became of the lease
    intends("undo:" + A);
    lease = Lease.halted("the radius grew", Who.OPERATOR);
    assertInstanceOf(Move.Perform.class, next());
  }

  @ParameterizedTest
  @EnumSource(
      value = StepOutcome.class,
      names = {"FAILED", "UNKNOWN"})
  void whereAStepFailedOrIsUnknownAllIsTakenBack(StepOutcome outcome) {
    done(A);
    intends(B);
    observed(B, outcome);
    takenBack("a step failed");
  }

  @Test
  void theDecisionThatChoseItMayBeRefused() {
    contained();
    refused = true;
    takenBack("the decision that chose it was refused");
  }

  @Test
  void whatWasBegunToBeTakenBackIsAlsoWhereTheCouncilChoosesItAfterAll() {
    contained();
    run.now = START.plus(LEASE);
    done("undo:" + B);
    decided(Support.FOR);
    done("undo:" + A);
    assertEquals(new Move.Over("it was being taken back"), next());
  }

  private void decided(Support support) {
    for (int voter = 1; voter <= 3; voter++) {
      if (run.state.outcome() == null) {
        run.accepted(run.cast(voter, support, support == Support.FOR ? 1 : 0));
      }
    }
  }

  @Test
  void whatTheCouncilChoseStaysAndEndsWithNoLeaseOfItsOwn() {
    contained();
    decided(Support.FOR);
    run.now = START.plus(LEASE);
    assertEquals(new Move.Rest(), next());
  }

  @Test
  void nothingMoreIsBegunOnceTheCouncilHasChosen() {
    done(A);
    decided(Support.FOR);
    assertEquals(new Move.Rest(), next());
  }

  @Test
  void whatTheCouncilDidNotChooseIsTakenBack() {
    contained();
    decided(Support.AGAINST);
    done("undo:" + B);
    done("undo:" + A);
    assertInstanceOf(Move.Over.class, next());
  }

  @Test
  void aForgedIntentVoidsIt() {
    done(A);
    run.accepted(
        new CaseCommand.IntendStep(
            B,
            1,
            "delete-pod",
            new Target("eu", "shop", "Pod", "web-1"),
            Map.of(),
            "case-1/" + B,
            run.now.plusSeconds(30)));

    Move.Forged forged = assertInstanceOf(Move.Forged.class, next());

    assertEquals("forged_intent", forged.code());
    assertInstanceOf(Move.Disown.class, forged.next());
    observed(B, StepOutcome.UNKNOWN);
    Move.Forged back = assertInstanceOf(Move.Forged.class, next());
    assertEquals("undo:" + A, assertInstanceOf(Move.Intend.class, back.next()).order().step());
  }
}
