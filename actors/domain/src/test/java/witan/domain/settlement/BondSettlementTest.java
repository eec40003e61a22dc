package witan.domain.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;
import static witan.domain.Fixtures.sign;
import static witan.domain.fixtures.BallotBuilder.aBallot;

import org.junit.jupiter.api.Test;
import witan.domain.common.Digest;
import witan.domain.governance.Ballot;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseRun;
import witan.domain.stake.BondFacts;
import witan.domain.stake.BondOutcome;

class BondSettlementTest {
  private static final Electorate FIVE = electorate(30, 25, 20, 15, 10);

  private final CaseRun run = CaseRun.voting(FIVE, policy(), option("a", 10));

  private void votes(Support support, int... voters) {
    for (int voter : voters) {
      run.accepted(run.cast(voter, support, support == Support.FOR ? 1 : 0));
    }
  }

  private void against(int voter, Digest reason) {
    Ballot ballot = aBallot(run.ballot(voter, Support.AGAINST, 0).ballot()).reason(reason).build();
    run.accepted(new CaseCommand.CastVote(sign(ballot), null));
  }

  private static BondFacts facts(BondOutcome outcome, long against, long abuse) {
    return new BondFacts(outcome, big(100), big(against), big(abuse));
  }

  @Test
  void ballotsAfterTheDecisionCountAsWellSoThatTheOrderDecidesNothing() {
    votes(Support.FOR, 1, 2, 3);
    against(4, Ballot.ABUSE);

    assertEquals(facts(BondOutcome.APPROVED, 15, 15), BondSettlement.of(run.state));
  }

  @Test
  void aRejectionIsSettledByTheWeightAgainstAndWhatOfItCallsItAbuse() {
    against(1, Ballot.ABUSE);
    against(2, Digest.ZERO);
    against(3, Ballot.ABUSE);

    assertEquals(facts(BondOutcome.REJECTED, 75, 50), BondSettlement.of(run.state));
  }

  @Test
  void tooFewVotesAreNoQuorum() {
    votes(Support.FOR, 1);
    run.now = run.vote().deadline();
    run.accepted(new CaseCommand.CheckDeadline());

    assertEquals(facts(BondOutcome.NO_QUORUM, 0, 0), BondSettlement.of(run.state));
  }

  @Test
  void aVetoDecidesNothingOfTheBond() {
    votes(Support.AGAINST, 4);
    run.accepted(run.veto(run.vote().proposalHash(), 5));

    assertEquals(facts(BondOutcome.UNDECIDED, 15, 0), BondSettlement.of(run.state));
  }

  @Test
  void aCaseWithoutAVoteAskedNobody() {
    CaseRun noise = new CaseRun(FIVE);
    noise.accepted(record(1));
    noise.accepted(new CaseCommand.DismissCase("not_a_finding"));

    assertEquals(
        new BondFacts(BondOutcome.UNDECIDED, big(0), big(0), big(0)),
        BondSettlement.of(noise.state));
  }

  @Test
  void aFlagIsAbuseOnlyOfWhoIsAgainst() {
    Ballot flagging = aBallot().reason(Ballot.ABUSE).build();
    assertEquals(false, flagging.flagsAbuse());
    assertEquals(
        false, aBallot(flagging).votes(Support.ABSTAIN).voter(address(2)).build().flagsAbuse());
    assertEquals(true, aBallot(flagging).votes(Support.AGAINST).build().flagsAbuse());
  }
}
