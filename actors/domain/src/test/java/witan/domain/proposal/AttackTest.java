package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.SIGNATURES;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.delegated;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.propose;
import static witan.domain.fixtures.BallotBuilder.aBallot;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.Fixtures;
import witan.domain.common.Refusal;
import witan.domain.governance.Ballot;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Electorate;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.recount.Recount;

/** Attacks on a vote, each by its name, as far as the case and the recount hold the defence. */
class AttackTest {
  private static final Electorate FIVE = electorate(30, 25, 20, 15, 10);
  private static final CaseCommand CHECK = new CaseCommand.CheckDeadline();

  private final CaseRun run = CaseRun.voting(FIVE, policy(), option("a", 10));

  private static Optional<String> recount(CaseRun run) {
    return Recount.check(run.events, FIVE, HASHER, SIGNATURES).map(Refusal::code);
  }

  @Test
  void replayOnAnotherProposal() {
    SignedBallot signed = run.ballot(1, Support.FOR, 1);
    CaseRun other = CaseRun.voting(FIVE, policy(), option("b", 10));
    other.refused("wrong_proposal", new CaseCommand.CastVote(signed, null));
    CaseRun change = new CaseRun(FIVE);
    change.accepted(propose(1, List.of(option("a", 10)), null));
    change.accepted(Fixtures.open(FIVE, policy(), List.of(option("a", 10))));
    change.refused("wrong_proposal", new CaseCommand.CastVote(signed, null));
  }

  @Test
  void ballotForAChangedPlaybook() {
    CaseRun changed = CaseRun.voting(FIVE, policy(), option("a", 11));
    changed.refused(
        "wrong_proposal", new CaseCommand.CastVote(run.ballot(1, Support.FOR, 1), null));
  }

  @Test
  void policyChangeUnderAnOpenProposal() {
    run.repeated(
        3, Fixtures.open(FIVE, policy(1, 1, CountingMode.PARTICIPATION), List.of(option("a", 10))));
    assertEquals(policy(), run.vote().policy());
    run.accepted(run.cast(5, Support.FOR, 1));
    run.now = START.plusSeconds(300);
    assertEquals("ProposalExpired", run.names(CHECK).get(0), "10 of 100 would pass the new policy");
  }

  @Test
  void lateWhale() {
    run.accepted(run.cast(4, Support.AGAINST, 0));
    run.accepted(run.cast(3, Support.AGAINST, 0));
    run.now = START.plusSeconds(300).minusMillis(1);
    assertEquals(List.of("VoteCast", "VotingExtended"), run.names(run.cast(1, Support.FOR, 1)));
    run.now = run.now.plusSeconds(59);
    assertEquals(
        List.of("VoteCast", "ProposalRejected"), run.names(run.cast(2, Support.AGAINST, 0)));
  }

  @Test
  void clockSkewAtTheDeadline() {
    run.accepted(run.cast(1, Support.FOR, 1));
    run.now = START.plusSeconds(300);
    run.refused("voting_closed", run.cast(2, Support.FOR, 1));
    run.now = START.plusSeconds(300).minusMillis(1);
    run.refused("too_early", CHECK);
    run.accepted(run.cast(5, Support.FOR, 1));
    run.now = START.minusSeconds(1);
    run.refused("voting_not_open", run.cast(3, Support.FOR, 1));
    run.now = START.plusSeconds(300);
    run.accepted(CHECK);
    assertEquals(Optional.empty(), recount(run));
    CaseEvent.VoteCast v = (CaseEvent.VoteCast) run.events.get(4);
    run.events.set(
        4,
        new CaseEvent.VoteCast(
            v.signed(),
            v.ballotDigest(),
            v.organisation(),
            v.weight(),
            v.delegatedWeight(),
            null,
            1,
            true,
            null,
            START.plusSeconds(300)));
    assertEquals(Optional.of("recount_ballot"), recount(run), "a ballot dated at the deadline");
  }

  private SignedBallot unsigned(int voter) {
    return new SignedBallot(run.ballot(voter, Support.FOR, 1).ballot(), "0x" + "1".repeat(130));
  }

  @Test
  void forgedBallotsFromACompromisedApiNode() {
    for (int voter = 1; voter <= 3; voter++) {
      run.refused("signature_unrecoverable", new CaseCommand.CastVote(unsigned(voter), null));
    }
    assertEquals(Phase.VOTING, run.state.phase());
  }

  /** It logs what it likes; the recount, before any effect, trusts nobody. */
  @Test
  void forgedBallotsFromACompromisedCaseNode() {
    for (int voter = 1; voter <= 3; voter++) {
      run.accepted(run.cast(voter, Support.FOR, 1));
    }
    assertEquals(Phase.APPROVED, run.state.phase());
    int first = run.events.size() - 4;
    CaseEvent.VoteCast cast = (CaseEvent.VoteCast) run.events.get(first);
    run.events.set(
        first,
        new CaseEvent.VoteCast(
            unsigned(1),
            HASHER.ballot(unsigned(1)),
            cast.organisation(),
            cast.weight(),
            cast.delegatedWeight(),
            cast.overrides(),
            cast.ordinal(),
            cast.counted(),
            cast.idempotencyKey(),
            cast.at()));
    assertEquals(Optional.of("recount_ballot"), recount(run));
  }

  @Test
  void aDelegatorCountedTwice() {
    CaseRun two = CaseRun.voting(delegated(electorate(40, 60), 2, 0), policy(), option("a", 1));
    two.accepted(two.cast(2, Support.ABSTAIN, 0));
    two.accepted(two.cast(1, Support.AGAINST, 0));
    two.refused("double_vote", two.cast(1, Support.ABSTAIN, 0));
    assertEquals(big(100), two.vote().all().tally().total());
    assertEquals(big(40), two.vote().all().tally().againstPower());
    assertEquals(big(60), two.vote().all().tally().abstainPower());
  }

  @Test
  void abuseIsFlaggedBySignatureAlone() {
    Ballot b = run.ballot(1, Support.AGAINST, 0).ballot();
    int voter = 0;
    for (Support support : List.of(Support.AGAINST, Support.FOR, Support.ABSTAIN)) {
      voter++;
      Ballot flagged =
          aBallot(b)
              .proposal(HASHER.text(CASE.value()))
              .voter(address(voter))
              .support(support)
              .mask(big(support == Support.FOR ? 1 : 0))
              .nonce(1)
              .reason(Ballot.ABUSE)
              .build();
      run.accepted(new CaseCommand.CastVote(Fixtures.sign(flagged), null));
    }
    assertEquals(big(30), run.vote().all().flagged(), "only AGAINST");
    assertEquals(HASHER.text("witan/v1/abuse"), Ballot.ABUSE);
    assertFalse(b.flagsAbuse());
  }
}
