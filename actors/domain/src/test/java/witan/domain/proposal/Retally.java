package witan.domain.proposal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import witan.domain.common.Address;
import witan.domain.governance.Ballot;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Support;

/**
 * The outcome as a function of the set of last ballots, in plain numbers: an elector counts where
 * its own ballot is, else where its delegate's is, else nowhere. It knows of no order, no running
 * sum and no class of the rules.
 */
record Retally(
    long total,
    long f,
    long a,
    long b,
    List<Long> approvals,
    int approvers,
    List<Integer> impacts) {

  static Retally of(
      Electorate electorate, List<ResponseOption> options, Map<Address, Ballot> ballots) {
    Map<Support, Long> sums = new HashMap<>();
    long[] approvals = new long[options.size() + 1];
    Set<String> approvers = new HashSet<>();
    long total = 0;
    for (Elector elector : electorate.electors()) {
      long weight = elector.weight().longValueExact();
      total += weight;
      Ballot own = ballots.get(elector.address());
      Ballot ballot = own == null ? ballots.get(elector.delegate()) : own;
      if (ballot == null) {
        continue;
      }
      sums.merge(ballot.support(), weight, Long::sum);
      for (int i = 0; i < approvals.length; i++) {
        approvals[i] += ballot.optionMask().testBit(i) ? weight : 0;
      }
      if (own != null && own.support() == Support.FOR && weight > 0) {
        approvers.add(elector.organisation());
      }
    }
    List<Long> approved = new ArrayList<>();
    List<Integer> impacts = new ArrayList<>();
    for (int i = 0; i < approvals.length; i++) {
      approved.add(approvals[i]);
      impacts.add(i < options.size() ? options.get(i).impact() : 0);
    }
    return new Retally(
        total,
        sums.getOrDefault(Support.FOR, 0L),
        sums.getOrDefault(Support.AGAINST, 0L),
        sums.getOrDefault(Support.ABSTAIN, 0L),
        approved,
        approvers.size(),
        impacts);
  }

  boolean quorum(Policy policy) {
    long counting = policy.mode() == CountingMode.BRAVO ? f + b : f + a + b;
    return 10_000 * counting >= policy.quorumBps() * total;
  }

  boolean passes(Policy policy) {
    return quorum(policy)
        && f > a
        && 10_000 * f >= policy.supportBps() * (f + a)
        && approvers >= policy.minimumApprovals();
  }

  int winner() {
    int best = 0;
    for (int i = 1; i < impacts.size(); i++) {
      long order = approvals.get(i) - approvals.get(best);
      if (order > 0 || (order == 0 && impacts.get(i) < impacts.get(best))) {
        best = i;
      }
    }
    return best;
  }
}
