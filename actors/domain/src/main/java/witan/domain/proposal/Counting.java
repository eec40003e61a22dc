package witan.domain.proposal;

import java.math.BigInteger;
import witan.domain.common.Address;
import witan.domain.common.PersistentMap;
import witan.domain.governance.Ballot;
import witan.domain.governance.Count;
import witan.domain.governance.Support;

/** The fold of a case's ballots: takes each event at its word, which {@link BallotBox} gave. */
final class Counting {
  private Counting() {}

  static Voting open(CaseEvent.VotingOpened e) {
    Count none = Count.empty(e.total(), e.content().choices());
    return new Voting(
        e.content(),
        e.proposalHash(),
        e.policy(),
        e.normal(),
        false,
        e.registrySeq(),
        e.domain(),
        e.at(),
        e.deadline(),
        false,
        none,
        none,
        PersistentMap.empty(),
        PersistentMap.empty(),
        PersistentMap.empty());
  }

  /** The vote with one more ballot; what is not counted is only in {@link Voting#all}. */
  static Voting count(Voting v, CaseEvent.VoteCast e) {
    boolean replaceable = v.policy().replaceable();
    Ballot ballot = e.signed().ballot();
    Address voter = ballot.voter();
    PersistentMap<Address, BigInteger> carried = PersistentMap.of(v.carried());
    Count sums = v.all();
    CaseEvent.VoteCast before = v.votes().get(voter);
    if (before != null) {
      Ballot old = before.signed().ballot();
      sums = sums.add(old, before.weight().negate(), replaceable);
      sums = sums.add(old, v.carriedBy(voter).negate(), true);
      sums = approves(before) ? sums.approver(before.organisation(), -1) : sums;
    }
    Address delegate = e.overrides();
    CaseEvent.VoteCast overridden = delegate == null ? null : v.votes().get(delegate);
    if (delegate != null && overridden != null) {
      sums = sums.add(overridden.signed().ballot(), e.weight().negate(), true);
      carried = carried.plus(delegate, v.carriedBy(delegate).subtract(e.weight()));
    }
    sums = sums.add(ballot, e.weight(), replaceable).add(ballot, e.delegatedWeight(), true);
    sums = approves(e) ? sums.approver(e.organisation(), 1) : sums;
    return v.counted(
        e.counted(),
        sums,
        PersistentMap.of(v.votes()).plus(voter, e),
        e.delegatedWeight().signum() == 0 && v.carriedBy(voter).signum() == 0
            ? carried
            : carried.plus(voter, e.delegatedWeight()));
  }

  private static boolean approves(CaseEvent.VoteCast e) {
    return e.weight().signum() > 0 && e.signed().ballot().support() == Support.FOR;
  }
}
