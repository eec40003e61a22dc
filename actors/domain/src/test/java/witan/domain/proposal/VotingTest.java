package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.COUNCIL;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.RAW;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.alert;
import static witan.domain.Fixtures.ballot;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.domain;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;
import static witan.domain.Fixtures.sign;
import static witan.domain.fixtures.BallotBuilder.aBallot;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.governance.Ballot;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;

class VotingTest {
  private static final Electorate FIVE = electorate(30, 25, 20, 15, 10);
  private static final CaseCommand CHECK = new CaseCommand.CheckDeadline();

  private final CaseRun run = CaseRun.voting(FIVE, policy(), option("isolate", 10));

  // ---- alerts

  @Test
  void theFirstAlertOpensTheCaseAndLaterOnesJoinOnce() {
    CaseRun fresh = new CaseRun();
    assertEquals(List.of("CaseOpened", "AlertRecorded"), fresh.names(record(1)));
    assertEquals(List.of("AlertRecorded"), fresh.names(record(2)));
    fresh.repeated(2, record(1));
    fresh.repeated(3, record(2));
    assertEquals(List.of(alert(1), alert(2)), fresh.state.alerts());
    assertEquals(Phase.OBSERVING, fresh.state.phase());
  }

  @Test
  void anAlertOfAnotherCaseOrCouncilIsRefused() {
    run.refused(
        "wrong_case", new CaseCommand.RecordAlert(new CaseId("other"), COUNCIL, alert(9), RAW));
    run.refused("wrong_council", new CaseCommand.RecordAlert(CASE, "other", alert(9), RAW));
  }

  @Test
  void anAlertJoinsWhileTheCaseIsOpenAndChangesNoProposal() {
    Digest hash = run.vote().proposalHash();
    assertEquals(List.of("AlertRecorded"), run.names(record(2)));
    assertEquals(hash, run.vote().proposalHash());
    assertEquals(List.of(HASHER.alert(alert(1))), run.vote().content().alertDigests());
  }

  @Test
  void aClosedCaseTakesNoAlertButKnowsTheOldOnes() {
    CaseRun fresh = new CaseRun();
    fresh.accepted(record(1));
    fresh.accepted(new CaseCommand.DismissCase("nothing_to_propose"));
    fresh.refused("case_closed", record(2));
    fresh.repeated(2, record(1));
  }

  @Test
  void aCaseHasABoundOfAlerts() {
    CaseRun fresh = new CaseRun();
    for (int n = 1; n <= CaseAggregate.MAX_ALERTS; n++) {
      fresh.accepted(record(n));
    }
    fresh.refused("case_full", record(CaseAggregate.MAX_ALERTS + 1));
    fresh.repeated(2, record(1));
  }

  @Test
  void aCaseCanBeDismissedOnlyBeforeTheVote() {
    CaseRun fresh = new CaseRun();
    fresh.refused("case_not_found", new CaseCommand.DismissCase("x"));
    fresh.accepted(record(1));
    assertEquals(
        List.of(new CaseEvent.CaseClosed("x", START), new CaseEvent.CaseSealed(4, START)),
        fresh.accepted(new CaseCommand.DismissCase("x")));
    fresh.repeated(3, new CaseCommand.DismissCase("again"));
    assertTrue(fresh.aggregate.sealed(fresh.state));
    assertEquals("x", fresh.state.closeReason());
    run.refused("wrong_phase", new CaseCommand.DismissCase("x"));
  }

  // ---- opening

  @Test
  void openingFreezesPolicyElectorateAndAlerts() {
    CaseEvent.VotingOpened opened = (CaseEvent.VotingOpened) run.events.get(2);
    assertEquals(HASHER.policy(policy()), opened.content().policyDigest());
    assertEquals(HASHER.electorate(FIVE), opened.content().snapshotDigest());
    assertEquals(HASHER.proposal(opened.content()), opened.proposalHash());
    assertEquals(START.plus(Duration.ofMinutes(5)), opened.deadline());
    assertEquals(big(100), opened.total());
    assertNull(opened.content().blastRadius());
    assertEquals(HASHER.policy(policy()), CaseAggregate.policyDigest(run.state));
    assertNull(CaseAggregate.policyDigest(CaseState.EMPTY));
    run.repeated(3, open(FIVE, policy(1, 1, CountingMode.BRAVO), List.of()));
  }

  @Test
  void openingIsRefusedWithACodeForEachReason() {
    CaseRun fresh = new CaseRun(FIVE, electorate(0, 0));
    fresh.refused("case_not_found", open(FIVE, policy(), List.of(option("a", 1))));
    fresh.accepted(record(1));
    fresh.refused("no_options", open(FIVE, policy(), List.of()));
    fresh.refused(
        "too_many_options", open(FIVE, policy(), Collections.nCopies(17, option("a", 1))));
    fresh.refused(
        "policy_invalid", open(FIVE, window(Duration.ofDays(31)), List.of(option("a", 1))));
    fresh.refused(
        "wrong_electorate",
        new CaseCommand.OpenVoting(
            List.of(option("a", 1)),
            policy(),
            null,
            HASHER.electorate(FIVE),
            1,
            big(99),
            domain()));
    fresh.refused(
        "wrong_electorate",
        new CaseCommand.OpenVoting(
            List.of(option("a", 1)),
            policy(),
            null,
            HASHER.electorate(FIVE),
            2,
            big(100),
            domain()));
    fresh.refused("no_voting_power", open(electorate(0, 0), policy(), List.of(option("a", 1))));
    fresh.accepted(new CaseCommand.DismissCase("x"));
    fresh.refused("case_closed", open(FIVE, policy(), List.of(option("a", 1))));
  }

  @Test
  void anElectorateThatIsNotAtHandIsAskedFor() {
    Digest digest = HASHER.electorate(FIVE);
    CaseRun fresh = new CaseRun();
    fresh.accepted(record(1));
    assertEquals(
        new Decision.Missing<>(digest), fresh.send(open(FIVE, policy(), List.of(option("a", 1)))));
    fresh.contents.put(digest, FIVE);
    fresh.accepted(open(FIVE, policy(), List.of(option("a", 1))));
    fresh.contents.clear();
    assertEquals(new Decision.Missing<>(digest), fresh.send(fresh.cast(1, Support.FOR, 1)));
    fresh.contents.put(digest, FIVE);
    fresh.accepted(fresh.cast(1, Support.FOR, 1));
  }

  // ---- ballots

  @Test
  void aBallotIsCountedWithTheWeightOfTheElectorate() {
    CaseEvent.VoteCast vote = (CaseEvent.VoteCast) run.accepted(run.cast(1, Support.FOR, 1)).get(0);
    assertEquals(big(30), vote.weight());
    assertTrue(vote.counted());
    assertEquals(new Tally(big(100), big(30), big(0), big(0)), run.vote().tally());
    assertEquals(List.of(big(30), big(0)), run.vote().approvals());
    assertEquals(vote, run.vote().votes().get(address(1)));
  }

  @Test
  void aBallotIsTakenOnceAlsoAfterTheSeal() {
    CaseCommand.CastVote vote = new CaseCommand.CastVote(run.ballot(1, Support.FOR, 1), "k");
    run.accepted(vote);
    run.repeated(4, vote);
    run.repeated(4, new CaseCommand.CastVote(vote.signed(), "another key"));
    run.now = START.plusSeconds(300);
    run.accepted(CHECK);
    assertTrue(run.state.sealed());
    run.repeated(4, vote);
  }

  @Test
  void ballotsAreRefusedWithACodeForEachReason() {
    CaseRun fresh = new CaseRun(FIVE);
    fresh.refused("case_not_found", run.cast(1, Support.FOR, 1));
    fresh.accepted(record(1));
    fresh.refused("voting_not_open", run.cast(1, Support.FOR, 1));
    run.accepted(new CaseCommand.CastVote(run.ballot(1, Support.FOR, 1), "k"));
    run.refused(
        "idempotency_key_reused", new CaseCommand.CastVote(run.ballot(2, Support.FOR, 1), "k"));
    run.refused(
        "idempotency_key_invalid", new CaseCommand.CastVote(run.ballot(2, Support.FOR, 1), ""));
    run.refused(
        "idempotency_key_invalid",
        new CaseCommand.CastVote(run.ballot(2, Support.FOR, 1), "k".repeat(256)));
    run.refused("double_vote", run.cast(1, Support.AGAINST, 0));
    run.refused("not_a_member", run.cast(6, Support.FOR, 1));
    run.refused("wrong_proposal", cast(ballot(HASHER.text("other"), 2, Support.FOR, 1)));
    run.refused(
        "wrong_proposal",
        cast(changed(HASHER.text("other case"), big(1), 1, START.getEpochSecond() + 9)));
    run.refused("wrong_option_mask", run.cast(2, Support.FOR, 0));
    run.refused("wrong_option_mask", run.cast(2, Support.FOR, 4));
    run.refused("wrong_option_mask", run.cast(2, Support.FOR, -1));
    run.refused("wrong_option_mask", run.cast(2, Support.AGAINST, 1));
    run.refused("wrong_option_mask", run.cast(2, Support.ABSTAIN, 1));
    run.refused("ballot_out_of_range", cast(own(big(1), -1, START.getEpochSecond() + 9)));
    run.refused("ballot_out_of_range", cast(own(big(1), 1, 1L << 53)));
    run.refused(
        "ballot_out_of_range",
        cast(own(BigInteger.ONE.shiftLeft(256), 1, START.getEpochSecond() + 9)));
    run.refused("signature_expired", cast(own(big(1), 1, START.getEpochSecond())));
    run.accepted(cast(own(big(1), 1, START.getEpochSecond() + 1)));
    run.now = START.minusMillis(1);
    run.refused("voting_not_open", run.cast(3, Support.FOR, 1));
    run.now = START.plusSeconds(300);
    run.refused("voting_closed", run.cast(3, Support.FOR, 1));
    run.accepted(CHECK);
    run.refused("case_closed", run.cast(3, Support.FOR, 1));
  }

  private static CaseCommand.CastVote cast(Ballot ballot) {
    return new CaseCommand.CastVote(sign(ballot), null);
  }

  private Ballot own(BigInteger mask, long nonce, long deadline) {
    return changed(HASHER.text(CASE.value()), mask, nonce, deadline);
  }

  private Ballot changed(Digest proposalId, BigInteger mask, long nonce, long deadline) {
    return aBallot()
        .proposal(proposalId)
        .hash(run.vote().proposalHash())
        .voter(address(2))
        .mask(mask)
        .nonce(nonce)
        .deadline(deadline)
        .build();
  }

  @Test
  void aMemberWithoutWeightTakesPartWithoutEffect() {
    CaseRun zero = CaseRun.voting(electorate(10, 0), policy(), option("a", 1));
    zero.accepted(zero.cast(2, Support.FOR, 1));
    assertEquals(Tally.empty(big(10)), zero.vote().tally());
    zero.refused("double_vote", zero.cast(2, Support.AGAINST, 0));
  }

  // ---- decisions

  @Test
  void aSettledApprovalFollowsTheVoteThatSettlesIt() {
    assertEquals(List.of("VoteCast"), run.names(run.cast(1, Support.FOR, 1)));
    List<CaseEvent> events = run.accepted(run.cast(2, Support.FOR, 1));
    assertEquals(1, events.size(), "55 of 100 is no quorum yet");
    assertEquals(
        new CaseEvent.ProposalApproved(
            0, new Tally(big(100), big(75), big(0), big(0)), true, START),
        run.accepted(run.cast(3, Support.FOR, 1)).get(1));
    assertEquals(Phase.APPROVED, run.state.phase());
    run.repeated(7, CHECK);
  }

  @Test
  void ballotsAfterADecisionAreKeptWithoutCounting() {
    for (int voter = 1; voter <= 3; voter++) {
      run.accepted(run.cast(voter, Support.FOR, 1));
    }
    CaseEvent.VoteCast late =
        (CaseEvent.VoteCast) run.accepted(run.cast(4, Support.AGAINST, 0)).get(0);
    assertFalse(late.counted());
    assertEquals(big(75), run.vote().tally().forPower());
    assertEquals(big(0), run.vote().tally().againstPower());
    assertEquals(4, run.vote().votes().size());
    run.accepted(new CaseCommand.StartExecution("rehearsal", List.of("s")));
    assertEquals(List.of("VoteCast"), run.names(run.cast(5, Support.FOR, 1)));
  }

  @Test
  void aSettledRejectionKeepsTheCaseOpenForBallotsUntilTheDeadline() {
    run.accepted(run.cast(1, Support.AGAINST, 0));
    assertEquals(
        List.of("VoteCast", "ProposalRejected"), run.names(run.cast(2, Support.AGAINST, 0)));
    run.refused("too_early", CHECK);
    assertEquals(List.of("VoteCast"), run.names(run.cast(3, Support.FOR, 1)));
    run.now = START.plusSeconds(300);
    assertEquals(List.of("CaseClosed", "CaseSealed"), run.names(CHECK));
    assertEquals("rejected", run.state.closeReason());
    assertEquals(run.events.size(), ((CaseEvent.CaseSealed) run.events.get(8)).lastSeq());
    run.repeated(6, CHECK);
  }

  @Test
  void atTheDeadlineTheRuleDecides() {
    run.refused("too_early", CHECK);
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(3, Support.AGAINST, 0));
    run.accepted(run.cast(4, Support.ABSTAIN, 0));
    run.now = run.vote().deadline().minusMillis(1);
    run.refused("too_early", CHECK);
    run.now = run.vote().deadline();
    assertEquals(
        List.of(
            new CaseEvent.ProposalApproved(
                0, new Tally(big(100), big(30), big(20), big(15)), false, run.now)),
        run.accepted(CHECK));
    assertFalse(run.state.sealed());
  }

  @Test
  void withoutAQuorumTheProposalExpires() {
    run.accepted(run.cast(1, Support.FOR, 1));
    run.now = START.plusSeconds(300);
    assertEquals(List.of("ProposalExpired", "CaseClosed", "CaseSealed"), run.names(CHECK));
    assertEquals("expired", run.state.closeReason());
    run.repeated(5, CHECK);
  }

  @Test
  void withAQuorumAndWithoutSupportItIsRejected() {
    run.accepted(run.cast(1, Support.AGAINST, 0));
    run.accepted(run.cast(3, Support.FOR, 1));
    run.accepted(run.cast(5, Support.ABSTAIN, 0));
    run.now = run.vote().deadline();
    assertEquals(List.of("ProposalRejected", "CaseClosed", "CaseSealed"), run.names(CHECK));
    assertEquals("rejected", run.state.closeReason());
  }

  @Test
  void withoutAVoteThereIsNothingToCheck() {
    CaseRun fresh = new CaseRun();
    fresh.refused("case_not_found", CHECK);
    fresh.accepted(record(1));
    fresh.refused("voting_not_open", CHECK);
    fresh.accepted(new CaseCommand.DismissCase("x"));
    fresh.refused("case_closed", CHECK);
  }

  @Test
  void aQuorumReachedLateExtendsTheVoteOnce() {
    run.accepted(run.cast(1, Support.FOR, 1));
    run.now = START.plusSeconds(290);
    run.accepted(run.cast(3, Support.AGAINST, 0));
    assertEquals(List.of("VoteCast", "VotingExtended"), run.names(run.cast(4, Support.ABSTAIN, 0)));
    assertEquals(START.plusSeconds(350), run.vote().deadline());
    run.now = START.plusSeconds(340);
    assertEquals(List.of("VoteCast"), run.names(run.cast(5, Support.ABSTAIN, 0)));
    run.refused("too_early", CHECK);
    run.now = START.plusSeconds(350);
    run.refused("voting_closed", run.cast(2, Support.FOR, 1));
    assertEquals(List.of("ProposalApproved"), run.names(CHECK));
  }

  @Test
  void anEarlyQuorumOrAPolicyWithoutExtensionMovesNothing() {
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(3, Support.AGAINST, 0));
    assertEquals(List.of("VoteCast"), run.names(run.cast(4, Support.ABSTAIN, 0)));
    assertEquals(START.plusSeconds(300), run.vote().deadline());
  }

  @Test
  void optionsAreSettledOnlyWhenTheLeaderCannotBeCaught() {
    CaseRun two = CaseRun.voting(FIVE, policy(), option("a", 10), option("b", 5));
    two.accepted(two.cast(1, Support.FOR, 1));
    two.accepted(two.cast(2, Support.FOR, 2));
    assertEquals(List.of("VoteCast"), two.names(two.cast(3, Support.FOR, 2)), "45 to 30, 25 open");
    assertEquals(List.of("VoteCast", "ProposalApproved"), two.names(two.cast(4, Support.FOR, 3)));
    assertEquals(1, two.state.outcome().option());
  }

  @Test
  void atTheDeadlineATieGoesToTheLowerImpact() {
    CaseRun two = CaseRun.voting(electorate(10, 10), policy(), option("a", 10), option("b", 5));
    two.accepted(two.cast(1, Support.FOR, 1));
    assertEquals(List.of("VoteCast"), two.names(two.cast(2, Support.FOR, 2)));
    two.now = START.plusSeconds(300);
    two.accepted(CHECK);
    assertEquals(1, two.state.outcome().option());
    assertFalse(two.state.outcome().settled());
  }

  private static Policy window(Duration window) {
    return aPolicy().named("p").window(window).build();
  }
}
