package witan.domain.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.delegated;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.record;
import static witan.domain.settlement.UrgentVote.ENDS;
import static witan.domain.settlement.UrgentVote.OPENS;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.domain.detection.Severity;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseRun;
import witan.domain.proposal.CaseState;
import witan.domain.registry.RegistryChange;
import witan.domain.stake.Attendance;
import witan.domain.stake.StakeProfile;

class DutyTest {
  private static final Electorate FOUR = electorate(40, 20, 20, 20);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private static List<Attendance> absences(UrgentVote vote) {
    return Duty.absences(vote.ended(), vote.electorate, vote.council());
  }

  private static Attendance missed(int member) {
    return new Attendance("m" + member, false, false, HASHER.text("to m" + member));
  }

  @Test
  void whoWasOnDutyAndToldAndDidNotVoteFailedTheDuty() {
    UrgentVote vote =
        new UrgentVote(FOUR)
            .onDuty(2, OPENS, ENDS)
            .onDuty(3, OPENS, ENDS)
            .notified(2, AT_ONCE)
            .notified(3, AT_ONCE);

    assertEquals(List.of(missed(2), missed(3)), absences(vote), "in the electors' order");
  }

  @Test
  void whoVotedForOrAgainstFailedNone() {
    UrgentVote vote = new UrgentVote(FOUR);
    for (int member = 2; member <= 4; member++) {
      vote.onDuty(member, OPENS, ENDS).notified(member, AT_ONCE);
    }
    vote.run.accepted(vote.run.cast(2, Support.FOR, 1));
    vote.run.accepted(vote.run.cast(3, Support.AGAINST, 0));

    assertEquals(List.of(missed(4)), absences(vote));
  }

  /** It has to leave half of the five minutes to vote in. */
  @ParameterizedTest
  @CsvSource({"150000, 1", "150001, 0"})
  void aNoticeOfTheSecondHalfExcuses(long millis, int failed) {
    UrgentVote vote =
        new UrgentVote(FOUR).onDuty(2, OPENS, ENDS).notified(2, Duration.ofMillis(millis));

    assertEquals(failed, absences(vote).size());
  }

  @Test
  void eachOtherExcuseHolds() {
    UrgentVote vote =
        new UrgentVote(delegated(FOUR, 0, 1, 0, 0))
            .onDuty(2, OPENS, ENDS)
            .onDuty(3, OPENS, ENDS.minusMillis(1))
            .notified(2, AT_ONCE)
            .notified(3, AT_ONCE)
            .notified(4, AT_ONCE);

    assertEquals(List.of(), absences(vote), "delegated; too short a shift; no shift");
  }

  @Test
  void anElectorWhomTheRegistryDoesNotKnowHadNoShift() {
    UrgentVote vote = new UrgentVote(FOUR).onDuty(3, OPENS, ENDS).notified(3, AT_ONCE);
    vote.registry.change(new RegistryChange.RemoveMembers(List.of("m3")));

    assertEquals(List.of(), absences(vote));
  }

  @Test
  void underAProfileWithoutDutyEverybodyIsJudgedAndAbstentionsToo() {
    UrgentVote vote = new UrgentVote(delegated(FOUR, 0, 0, 1, 0)).notified(4, AT_ONCE);
    vote.registry.change(new RegistryChange.AdoptStake(StakeProfile.PAPER));
    vote.run.accepted(vote.run.cast(2, Support.ABSTAIN, 0));

    assertEquals(
        List.of(
            new Attendance("m1", false, false, null),
            new Attendance("m2", true, false, null),
            new Attendance("m3", false, true, null),
            missed(4)),
        absences(vote));
  }

  @Test
  void aVoteThatWasNotUrgentHasNoDuty() {
    UrgentVote vote =
        new UrgentVote(FOUR, Severity.LOW).onDuty(2, OPENS, ENDS).notified(2, AT_ONCE);
    vote.run.accepted(vote.run.cast(1, Support.FOR, 1));

    assertEquals(List.of(), absences(vote));
    assertEquals(
        List.of(),
        Duty.kept(vote.run.state, vote.electorate, vote.onDuty(1, OPENS, ENDS).council()));
  }

  @Test
  void nobodyMissedWhatWasDecidedBeforeItsEnd() {
    UrgentVote vote = new UrgentVote(FOUR).onDuty(4, OPENS, ENDS).notified(4, AT_ONCE);
    vote.run.accepted(vote.run.cast(1, Support.FOR, 1));
    vote.run.accepted(vote.run.cast(2, Support.FOR, 1));
    vote.run.accepted(vote.run.cast(3, Support.FOR, 1));
    assertTrue(vote.run.state.outcome().settled());

    CaseState settled = vote.run.state;
    assertFalse(Duty.ranToDeadline(settled));
    assertEquals(List.of(), Duty.absences(settled, vote.electorate, vote.council()));
  }

  @Test
  void nobodyMissedWhatAGuardianStopped() {
    UrgentVote vote =
        new UrgentVote(electorate(20, 20, 20, 20, 20)).onDuty(4, OPENS, ENDS).notified(4, AT_ONCE);
    vote.run.accepted(vote.run.veto(vote.run.vote().proposalHash(), 5));

    assertFalse(Duty.ranToDeadline(vote.run.state));
    assertEquals(List.of(), Duty.absences(vote.run.state, vote.electorate, vote.council()));
  }

  @Test
  void nobodyMissedAVoteThatNeverOpened() {
    CaseRun run = new CaseRun(FOUR);
    run.accepted(record(1));
    run.accepted(new CaseCommand.DismissCase("not_a_finding"));
    UrgentVote other = new UrgentVote(FOUR).onDuty(1, OPENS, ENDS);

    assertFalse(Duty.ranToDeadline(run.state));
    assertEquals(List.of(), Duty.absences(run.state, other.electorate, other.council()));
    assertEquals(List.of(), Duty.kept(run.state, other.electorate, other.council()));
  }

  @Test
  void whoVotedDuringAShiftKeptTheDutyAbstainingToo() {
    UrgentVote vote =
        new UrgentVote(FOUR)
            .onDuty(2, OPENS.plusSeconds(10), ENDS)
            .onDuty(3, OPENS, OPENS.plusSeconds(20))
            .onDuty(4, OPENS.plusSeconds(11), ENDS);
    vote.run.now = OPENS.plusSeconds(10);
    vote.run.accepted(vote.run.cast(3, Support.ABSTAIN, 0));
    vote.run.accepted(vote.run.cast(2, Support.AGAINST, 0));
    vote.run.accepted(vote.run.cast(4, Support.AGAINST, 0));
    vote.run.accepted(vote.run.cast(1, Support.FOR, 1));

    assertEquals(
        List.of("m2", "m3"),
        Duty.kept(vote.ended(), vote.electorate, vote.council()),
        "by handle; m4 was early, m1 on no duty");
  }

  @Test
  void aBallotAfterTheDecisionKeepsTheDutyToo() {
    UrgentVote vote = new UrgentVote(FOUR).onDuty(4, OPENS, ENDS);
    for (int member = 1; member <= 4; member++) {
      vote.run.accepted(vote.run.cast(member, Support.FOR, 1));
    }

    assertEquals(List.of("m4"), Duty.kept(vote.run.state, vote.electorate, vote.council()));
  }
}
