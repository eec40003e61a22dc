package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.SIGNATURES;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.normal;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.common.Decision;
import witan.domain.common.Refusal;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.Support;
import witan.domain.recount.Recount;

/** Expedited proposals: a short window with a high bar, then the normal rest. */
class ExpeditedTest {
  private static final Electorate FIVE = electorate(30, 25, 20, 15, 10);
  private static final CaseCommand CHECK = new CaseCommand.CheckDeadline();

  /** 5 minutes at 80 % and 70 %; then up to 15 minutes at 40 % and 51 %. */
  private static final Policy HIGH = policy(8000, 7000, CountingMode.PARTICIPATION);

  private static final Policy NORMAL = normal(HIGH, Duration.ofMinutes(15), 4000, 5100);

  private final CaseRun run = CaseRun.expedited(FIVE, HIGH, NORMAL, option("a", 10));

  private void agrees() {
    assertEquals(Optional.empty(), Recount.check(run.events, FIVE, HASHER, SIGNATURES));
  }

  @Test
  void whatMissesItsBarGoesOnAsANormalProposal() {
    run.accepted(run.cast(1, Support.FOR, 1));
    run.now = START.plusSeconds(300);
    assertEquals(List.of("VotingConverted"), run.names(CHECK));
    assertEquals(START.plusSeconds(900), run.vote().deadline());
    assertEquals(NORMAL, run.vote().rules());
    run.refused("too_early", CHECK);
    run.accepted(run.cast(5, Support.FOR, 1));
    run.now = START.plusSeconds(900);
    assertEquals(List.of("ProposalApproved"), run.names(CHECK));
    agrees();
  }

  @Test
  void aBallotThatComesBeforeTheDeadlineIsCheckedFindsTheSame() {
    run.accepted(run.cast(1, Support.FOR, 1));
    run.now = START.plusSeconds(300);
    assertEquals(
        List.of("VotingConverted", "VoteCast"), run.names(run.cast(5, Support.AGAINST, 0)));
    assertEquals(START.plusSeconds(900), run.vote().deadline());
    run.now = START.plusSeconds(901);
    run.refused("voting_closed", run.cast(2, Support.FOR, 1));
    assertEquals(List.of("ProposalApproved"), run.names(CHECK));
    agrees();
  }

  @Test
  void whatReachesItsBarIsDecidedAtTheEarlyDeadline() {
    // 55 to 20 with 10 abstaining: 85 voted, 73 % for, and the 15 open could not change the normal
    // outcome but for the choice of the option.
    CaseRun two = CaseRun.expedited(FIVE, HIGH, NORMAL, option("a", 10), option("b", 5));
    two.accepted(two.cast(1, Support.FOR, 1));
    two.accepted(two.cast(2, Support.FOR, 2));
    two.accepted(two.cast(3, Support.AGAINST, 0));
    two.accepted(two.cast(5, Support.ABSTAIN, 0));
    two.now = START.plusSeconds(300);
    two.refused("voting_closed", two.cast(4, Support.FOR, 2));
    assertEquals(List.of("ProposalApproved"), two.names(CHECK));
    assertFalse(two.vote().converted());
  }

  @Test
  void whatNothingCanChangeUnderTheNormalPolicyIsDecidedAtOnce() {
    run.accepted(run.cast(1, Support.FOR, 1));
    assertEquals(List.of("VoteCast", "ProposalApproved"), run.names(run.cast(2, Support.FOR, 1)));
    agrees();
    CaseRun no = CaseRun.expedited(FIVE, HIGH, NORMAL, option("a", 10));
    no.accepted(no.cast(1, Support.AGAINST, 0));
    assertEquals(List.of("VoteCast"), no.names(no.cast(4, Support.AGAINST, 0)), "55 could pass");
    assertEquals(List.of("VoteCast", "ProposalRejected"), no.names(no.cast(5, Support.AGAINST, 0)));
  }

  @Test
  void aDeadlineThatIsCheckedLateBringsConversionAndDecision() {
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(5, Support.AGAINST, 0));
    run.now = START.plusSeconds(2_000);
    assertEquals(List.of("VotingConverted", "ProposalApproved"), run.names(CHECK));
    agrees();
    CaseRun silent = CaseRun.expedited(FIVE, HIGH, NORMAL, option("a", 10));
    silent.now = START.plusSeconds(2_000);
    assertEquals(
        List.of("VotingConverted", "ProposalExpired", "CaseClosed", "CaseSealed"),
        silent.names(CHECK));
  }

  @Test
  void aConversionThatDidNotHaveToFollowIsRecounted() {
    run.accepted(run.cast(1, Support.FOR, 1));
    run.now = START.plusSeconds(300);
    run.accepted(CHECK);
    run.accepted(run.cast(5, Support.FOR, 1));
    run.now = START.plusSeconds(900);
    run.accepted(CHECK);
    for (CaseEvent other :
        List.of(
            new CaseEvent.VotingConverted(START.plusSeconds(901), START.plusSeconds(300)),
            new CaseEvent.VotingConverted(START.plusSeconds(900), START.plusSeconds(299)))) {
      List<CaseEvent> events = new ArrayList<>(run.events);
      events.set(4, other);
      assertEquals(
          Optional.of("recount_decision"),
          Recount.check(events, FIVE, HASHER, SIGNATURES).map(Refusal::code));
    }
    List<CaseEvent> without = new ArrayList<>(run.events);
    without.remove(4);
    assertEquals(
        Optional.of("recount_ballot"),
        Recount.check(without, FIVE, HASHER, SIGNATURES).map(Refusal::code));
  }

  @Test
  void theNormalPolicyIsNowhereStricterAndOtherwiseTheSame() {
    CaseRun fresh = new CaseRun(FIVE);
    fresh.accepted(record(1));
    for (Policy bad :
        List.of(
            normal(HIGH, Duration.ofMinutes(5), 4000, 5100),
            normal(HIGH, Duration.ofMinutes(15), 8001, 5100),
            normal(HIGH, Duration.ofMinutes(15), 4000, 7001),
            policy(NORMAL, 1, false),
            policy(NORMAL, 0, true),
            normal(policy(8000, 7000, CountingMode.BRAVO), Duration.ofMinutes(15), 1, 1))) {
      fresh.refused("policy_invalid", open(FIVE, HIGH, bad, List.of(option("a", 1))));
    }
    Decision<CaseEvent> good = fresh.send(open(FIVE, HIGH, NORMAL, List.of(option("a", 1))));
    CaseEvent.VotingOpened opened =
        (CaseEvent.VotingOpened) ((Decision.Accepted<CaseEvent>) good).events().get(0);
    assertEquals(HASHER.policy(NORMAL), opened.content().normalPolicyDigest());
  }
}
