package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.propose;
import static witan.domain.Fixtures.record;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;
import witan.domain.registry.LogPlace;

/** What a case needs next from outside, in every phase; and when it began. */
class NextWorkTest {
  private static final Electorate THREE = electorate(50, 30, 20);
  private static final Instant DEADLINE = START.plusSeconds(300);

  private final CaseRun run = new CaseRun(THREE);

  private NextWork next() {
    return NextWork.of(run.state, run.now);
  }

  private CaseRun voting() {
    run.accepted(record(1));
    run.accepted(open(THREE, policy(), List.of(option("a", 10))));
    return run;
  }

  private void votes(Support support, long mask) {
    run.accepted(run.cast(1, support, mask));
    run.accepted(run.cast(2, support, mask));
  }

  @Test
  void aCaseThatIsNotThereNeedsNothingAndAnObservedOneAPlan() {
    assertEquals(new NextWork.Nothing(), next());
    run.accepted(record(1));
    assertEquals(new NextWork.PlanResponse(), next());
  }

  @ParameterizedTest
  @CsvSource({"299999, false", "300000, true", "999999, true"})
  void anOpenVoteWaitsForItsDeadline(long millis, boolean due) {
    voting().now = START.plusMillis(millis);
    assertEquals(new NextWork.AwaitDeadline(DEADLINE, due), next());
  }

  @ParameterizedTest
  @CsvSource({"FOR, 2", "AGAINST, 0"})
  void aDecisionThatLeavesNothingToDoWaitsForLateBallots(Support support, long mask) {
    voting();
    votes(support, mask);
    assertEquals(new NextWork.AwaitDeadline(DEADLINE, false), next());
    run.now = DEADLINE;
    assertEquals(new NextWork.AwaitDeadline(DEADLINE, true), next());
    run.accepted(new CaseCommand.CheckDeadline());
    assertEquals(new NextWork.Nothing(), next());
  }

  @Test
  void anApprovedOptionIsExecutedUntilTheCaseIsClosed() {
    voting();
    votes(Support.FOR, 1);
    assertEquals(new NextWork.Execute(), next());
    run.accepted(new CaseCommand.StartExecution("kubernetes", List.of("a")));
    assertEquals(new NextWork.Execute(), next());
    run.accepted(new CaseCommand.EndExecution(ExecutionOutcome.SUCCEEDED, ""));
    assertEquals(new NextWork.Nothing(), next());
  }

  @Test
  void aVoteThatNobodyDecidedIsOverAtItsDeadline() {
    voting().now = DEADLINE;
    run.accepted(new CaseCommand.CheckDeadline());
    assertEquals("expired", run.state.closeReason());
    assertEquals(new NextWork.Nothing(), next());
  }

  private static final LogPlace FIRST = new LogPlace(7, START.plusSeconds(9));

  private static Snapshot claimed(List<CaseEvent> events) {
    return Snapshot.of(SnapshotRule.BY_TIME, FIRST, events);
  }

  @Test
  void aCaseOfTodayBeganWhereItStandsInTheLog() {
    voting();
    assertEquals(Snapshot.now(FIRST), Snapshot.of(SnapshotRule.BY_LOG, FIRST, run.events));
    assertEquals(FIRST.at(), Snapshot.now(FIRST).valued(Duration.ofDays(1)));
  }

  @Test
  void aCaseOfVersion1BeganWhenItsFirstAlertSaysItWasReceived() {
    CaseEvent second = alerted(START.minusSeconds(90));
    List<CaseEvent> events = List.of(alerted(START.minusSeconds(60)), second);
    assertEquals(START.minusSeconds(60), claimed(events).time());
    assertEquals(7, claimed(events).first().index());
    assertEquals(
        START.minusSeconds(60).minus(Duration.ofDays(1)),
        claimed(events).valued(Duration.ofDays(1)));
  }

  private static CaseEvent alerted(Instant received) {
    return new CaseEvent.AlertRecorded(anAlert().when(received).build(), "{}", START);
  }

  @Test
  void aProposalOfVersion1BeganWhenItWasProposed() {
    CaseCommand.Propose c = propose(1, List.of(option("a", 1)), null);
    CaseEvent proposed =
        new CaseEvent.Proposed(c.signed(), HASHER.draft(c.signed().draft()), START.minusSeconds(5));
    assertEquals(
        START.minusSeconds(5), claimed(List.of(proposed, alerted(START.minusSeconds(9)))).time());
  }

  @Test
  void alertsAfterTheOpeningDoNotSayWhenACaseOfVersion1Began() {
    voting();
    CaseEvent opened = run.events.get(2);
    assertEquals(FIRST.at(), claimed(List.of(opened, alerted(START.minusSeconds(60)))).time());
    assertEquals(FIRST.at(), claimed(List.of()).time());
  }

  @ParameterizedTest
  @CsvSource({"1, BY_TIME, false", "2, BY_LOG, true", "9, BY_LOG, true"})
  void onlyTheRulesOfTodayGiveOrders(int version, SnapshotRule rule, boolean orders) {
    assertEquals(rule, SnapshotRule.of(version));
    assertEquals(orders, rule.givesOrders());
  }
}
