package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.SIGNATURES;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.delegated;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.domain.common.Address;
import witan.domain.common.Refusal;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;
import witan.domain.recount.Recount;

/** Delegation, override, replacement, no action and minimum approvals, one by one. */
class DelegationTest {
  /** 2 and 3 have delegated to 1, 1 to 4; weights 10, 20, 30, 40. */
  private static final Electorate FOUR = delegated(electorate(10, 20, 30, 40), 4, 1, 1, 0);

  private final CaseRun run = CaseRun.voting(FOUR, policy(), option("a", 10));

  private CaseEvent.VoteCast cast(int voter, Support support, long mask) {
    return (CaseEvent.VoteCast) run.accepted(run.cast(voter, support, mask)).get(0);
  }

  private void sums(long f, long a, long b) {
    assertEquals(new Tally(big(100), big(f), big(a), big(b)), run.vote().all().tally());
  }

  @Test
  void aDelegateCarriesWhatWasDelegatedOneHopFar() {
    CaseEvent.VoteCast vote = cast(4, Support.ABSTAIN, 0);
    assertEquals(big(40), vote.weight());
    assertEquals(big(10), vote.delegatedWeight(), "of 1, not what 1 received");
    sums(0, 0, 50);
    vote = cast(1, Support.FOR, 1);
    assertEquals(big(50), vote.delegatedWeight());
    assertEquals(address(4), vote.overrides());
    sums(60, 0, 40);
  }

  @Test
  void aDelegatorOverridesAfterTheDelegate() {
    cast(1, Support.FOR, 1);
    sums(60, 0, 0);
    CaseEvent.VoteCast override = cast(3, Support.AGAINST, 0);
    assertEquals(address(1), override.overrides());
    sums(30, 30, 0);
    assertEquals(big(20), run.vote().carriedBy(address(1)));
    run.refused("double_vote", run.cast(3, Support.FOR, 1));
    sums(30, 30, 0);
  }

  @Test
  void aDelegatorWhoVotesBeforeTheDelegateIsNotCarried() {
    CaseEvent.VoteCast first = cast(3, Support.AGAINST, 0);
    assertNull(first.overrides());
    CaseEvent.VoteCast delegate = cast(1, Support.FOR, 1);
    assertEquals(big(20), delegate.delegatedWeight());
    sums(30, 30, 0);
  }

  @Test
  void nothingIsSettledWhileDelegatorsMayOverride() {
    CaseRun many =
        CaseRun.voting(delegated(electorate(10, 60, 30), 0, 1, 0), policy(), option("a", 10));
    assertEquals(List.of("VoteCast"), many.names(many.cast(1, Support.FOR, 1)), "70 of 100");
    assertEquals(List.of("VoteCast", "ProposalApproved"), many.names(many.cast(2, Support.FOR, 1)));
    assertEquals(big(70), many.vote().tally().forPower());
  }

  @Test
  void anOverrideAfterTheDecisionChangesOnlyTheFinalSet() {
    CaseRun many =
        CaseRun.voting(delegated(electorate(75, 10, 15), 0, 1, 0), policy(), option("a", 10));
    assertEquals(List.of("VoteCast", "ProposalApproved"), many.names(many.cast(1, Support.FOR, 1)));
    CaseEvent.VoteCast late =
        (CaseEvent.VoteCast) many.accepted(many.cast(2, Support.AGAINST, 0)).get(0);
    assertEquals(address(1), late.overrides());
    assertEquals(big(85), many.vote().tally().forPower());
    assertEquals(big(75), many.vote().all().tally().forPower());
    assertEquals(big(10), many.vote().all().tally().againstPower());
  }

  @Test
  void everyClaimOfABallotIsRecounted() {
    cast(1, Support.ABSTAIN, 0);
    cast(3, Support.ABSTAIN, 0);
    run.accepted(run.cast(4, Support.AGAINST, 0));
    run.now = START.plusSeconds(360);
    run.send(new CaseCommand.CheckDeadline());
    assertEquals("agrees", recount(run.events));
    assertEquals("recount_ballot", recount(with(address(2), big(20), big(0), 1)));
    assertEquals("recount_ballot", recount(with(null, big(30), big(0), 1)));
    assertEquals("recount_ballot", recount(with(address(1), big(30), big(1), 1)));
    assertEquals("recount_ballot", recount(with(address(1), big(30), big(0), 2)));
  }

  /** The history with other claims in 3's ballot. */
  private List<CaseEvent> with(
      Address overrides, java.math.BigInteger weight, java.math.BigInteger delegated, int ordinal) {
    List<CaseEvent> events = new ArrayList<>(run.events);
    CaseEvent.VoteCast v = (CaseEvent.VoteCast) events.get(4);
    events.set(
        4,
        new CaseEvent.VoteCast(
            v.signed(),
            v.ballotDigest(),
            v.organisation(),
            weight,
            delegated,
            overrides,
            ordinal,
            v.counted(),
            null,
            v.at()));
    return events;
  }

  private static String recount(List<CaseEvent> events) {
    return Recount.check(events, FOUR, HASHER, SIGNATURES).map(Refusal::code).orElse("agrees");
  }

  // ---- replacement

  @Test
  void aReplaceableVoteMovesWithAllItCarriesAndIsNeverSettled() {
    Policy replaceable = policy(policy(), 0, true);
    CaseRun free = CaseRun.voting(FOUR, replaceable, option("a", 10), option("b", 5));
    free.accepted(free.cast(1, Support.FOR, 1, 5));
    free.accepted(free.cast(3, Support.FOR, 1, 1));
    assertEquals(List.of("VoteCast"), free.names(free.cast(4, Support.FOR, 1, 1)), "80 are FOR");
    free.refused("stale_nonce", free.cast(1, Support.AGAINST, 0, 5));
    free.refused("stale_nonce", free.cast(1, Support.AGAINST, 0, 4));
    CaseEvent.VoteCast again =
        (CaseEvent.VoteCast) free.accepted(free.cast(1, Support.AGAINST, 0, 6)).get(0);
    assertEquals(2, again.ordinal());
    assertNull(again.overrides(), "it took its weight off 4 before");
    assertEquals(new Tally(big(100), big(70), big(30), big(0)), free.vote().tally());
    assertEquals(List.of(big(70), big(0), big(0)), free.vote().approvals());
    free.now = START.plusSeconds(300);
    free.accepted(new CaseCommand.CheckDeadline());
    assertEquals(Phase.APPROVED, free.state.phase());
    assertEquals("agrees", recount(free.events));
  }

  @Test
  void aVoteIsReplacedABoundedNumberOfTimes() {
    CaseRun free = CaseRun.voting(FOUR, policy(policy(), 0, true), option("a", 10));
    for (int nonce = 0; nonce < BallotBox.MAX_BALLOTS; nonce++) {
      free.accepted(free.cast(2, Support.FOR, 1, nonce));
    }
    free.refused("too_many_replacements", free.cast(2, Support.AGAINST, 0, 99));
  }

  // ---- no action

  @Test
  void decidingThatNothingIsDoneExecutesNothing() {
    run.accepted(run.cast(4, Support.FOR, 2));
    assertEquals(List.of("VoteCast", "ProposalApproved"), run.names(run.cast(3, Support.FOR, 2)));
    run.accepted(run.cast(1, Support.FOR, 3));
    assertEquals(1, run.state.outcome().option());
    run.refused("no_action", new CaseCommand.StartExecution("rehearsal", List.of("s")));
    assertTrue(NextWork.of(run.state, run.now) instanceof NextWork.AwaitDeadline);
    run.refused("too_early", new CaseCommand.CheckDeadline());
    run.accepted(run.cast(2, Support.AGAINST, 0));
    run.now = START.plusSeconds(300);
    assertEquals(List.of("CaseClosed", "CaseSealed"), run.names(new CaseCommand.CheckDeadline()));
    assertEquals("no_action", run.state.closeReason());
    assertEquals("agrees", recount(run.events));
    run.repeated(run.state.outcome().seq(), new CaseCommand.CheckDeadline());
  }

  @Test
  void atTheDeadlineNoActionWinsTies() {
    CaseRun two = CaseRun.voting(electorate(10, 10), policy(), option("a", 1));
    two.accepted(two.cast(1, Support.FOR, 1));
    two.accepted(two.cast(2, Support.FOR, 2));
    two.now = START.plusSeconds(300);
    assertEquals(
        List.of("ProposalApproved", "CaseClosed", "CaseSealed"),
        two.names(new CaseCommand.CheckDeadline()));
    assertEquals("no_action", two.state.closeReason());
  }

  // ---- minimum approvals

  @Test
  void oneOrganisationDoesNotDecideAloneWhereTwoHaveTo() {
    CaseRun two =
        CaseRun.voting(electorate(10, 20, 30, 40), policy(policy(), 2, false), option("a", 1));
    two.accepted(two.cast(2, Support.FOR, 1));
    assertEquals(List.of("VoteCast"), two.names(two.cast(4, Support.FOR, 1)), "60 of 100, one org");
    assertEquals(List.of("VoteCast", "ProposalApproved"), two.names(two.cast(1, Support.FOR, 1)));
  }

  @Test
  void withoutTheApprovalsItIsRejectedAsSoonAsTheyCannotCome() {
    CaseRun two =
        CaseRun.voting(electorate(10, 20, 0, 70), policy(policy(), 2, false), option("a", 1));
    two.accepted(two.cast(4, Support.FOR, 1));
    assertEquals(
        List.of("VoteCast", "ProposalRejected"), two.names(two.cast(1, Support.AGAINST, 0)));
    CaseRun silent =
        CaseRun.voting(electorate(10, 20, 0, 70), policy(policy(), 2, false), option("a", 1));
    silent.accepted(silent.cast(4, Support.FOR, 1));
    silent.now = START.plusSeconds(300);
    assertEquals(
        List.of("ProposalRejected", "CaseClosed", "CaseSealed"),
        silent.names(new CaseCommand.CheckDeadline()));
  }
}
