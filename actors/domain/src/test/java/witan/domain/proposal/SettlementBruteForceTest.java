package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.delegated;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.fixtures.BallotBuilder.aBallot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import witan.domain.Fixtures;
import witan.domain.common.Address;
import witan.domain.common.Decision;
import witan.domain.governance.Ballot;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Support;

/**
 * The case itself, ballot by ballot, against every way in which its vote could still go.
 *
 * <p>Three voters. Each delegates to nobody or to one of the two others (27 graphs, loops
 * included); four tables of weights, one with a voter without weight; every order of ballots and
 * every choice of FOR, AGAINST and ABSTAIN, stopping where the case decides. In each state reached,
 * every completion: each voter who has not voted stays away, or votes FOR, AGAINST or ABSTAIN;
 * where votes can be replaced, each who has voted ends in any of the three. The case must have
 * approved exactly when all completions pass, and rejected exactly when none does.
 */
class SettlementBruteForceTest {
  private static final int[][] THRESHOLDS = {{6000, 5100}, {4000, 5000}, {6000, 6667}};
  private static final long[][] WEIGHTS = {{1, 1, 1}, {1, 2, 3}, {2, 1, 1}, {0, 1, 2}};
  private static final ResponseOption OPTION = option("a", 10);

  private Electorate electorate;
  private Policy rules;
  private int votes;
  private int states;
  private long completions;
  private final Map<String, Integer> verdicts = new HashMap<>();

  @Test
  void withDelegationsItSettlesExactlyWhenEveryCompletionAgrees(TestReporter reporter) {
    for (int[] threshold : THRESHOLDS) {
      for (CountingMode mode : CountingMode.values()) {
        everyGraph(policy(threshold[0], threshold[1], mode));
      }
    }
    report(reporter, "overrides");
  }

  @Test
  void withMinimumApprovalsItSettlesExactlyWhenEveryCompletionAgrees(TestReporter reporter) {
    for (int approvals = 1; approvals <= 3; approvals++) {
      everyGraph(policy(policy(4000, 5000, CountingMode.PARTICIPATION), approvals, false));
    }
    report(reporter, "minimum approvals of 1 to 3 out of 2 organisations");
  }

  @Test
  void withReplacementItSettlesExactlyWhenEveryCompletionAgrees(TestReporter reporter) {
    for (CountingMode mode : CountingMode.values()) {
      for (int approvals = 0; approvals <= 3; approvals += 3) {
        everyGraph(policy(policy(6000, 5100, mode), approvals, true));
      }
    }
    report(reporter, "replaceable votes");
  }

  private void report(TestReporter reporter, String what) {
    assertTrue(votes > 10_000 && states > 10_000, votes + " ballots, " + states + " states");
    assertTrue(verdicts.getOrDefault("VOTING", 0) > 0, verdicts.toString());
    assertTrue(verdicts.getOrDefault("REJECTED", 0) > 0, verdicts.toString());
    reporter.publishEntry(
        what, votes + " ballots, " + states + " states, " + completions + " completions");
  }

  private void everyGraph(Policy policy) {
    rules = policy;
    for (long[] weights : WEIGHTS) {
      for (int graph = 0; graph < 27; graph++) {
        electorate =
            delegated(
                electorate(weights),
                other(1, graph % 3),
                other(2, graph / 3 % 3),
                other(3, graph / 9));
        CaseRun run = CaseRun.voting(electorate, policy, OPTION);
        descend(run, run.state, Map.of());
      }
    }
  }

  /** Nobody, or the first or second of the two others. */
  private static int other(int voter, int choice) {
    return choice == 0 ? 0 : (voter + choice - 1) % 3 + 1;
  }

  private void descend(CaseRun run, CaseState state, Map<Address, Ballot> ballots) {
    states++;
    verdicts.merge(state.phase().name(), 1, Integer::sum);
    boolean[] allAndNone = {true, true};
    complete(1, ballots, new HashMap<>(ballots), allAndNone);
    String where = rules + " " + electorate.electors() + " " + ballots.values();
    if (!ballots.isEmpty()) {
      assertEquals(allAndNone[0], state.phase() == Phase.APPROVED, where);
      assertEquals(allAndNone[1], state.phase() == Phase.REJECTED, where);
    }
    if (state.phase() != Phase.VOTING) {
      return;
    }
    for (int voter = 1; voter <= 3; voter++) {
      for (Support support : Support.values()) {
        if (ballots.containsKey(address(voter))) {
          continue;
        }
        Ballot ballot = ballot(state, voter, support);
        Decision<CaseEvent> decision =
            run.aggregate.decide(
                state, new CaseCommand.CastVote(Fixtures.sign(ballot), null), run.now);
        CaseState next = state;
        for (CaseEvent event : ((Decision.Accepted<CaseEvent>) decision).events()) {
          next = run.aggregate.apply(next, event);
        }
        votes++;
        Map<Address, Ballot> more = new HashMap<>(ballots);
        more.put(address(voter), ballot);
        descend(run, next, more);
      }
    }
  }

  private void complete(
      int voter, Map<Address, Ballot> cast, Map<Address, Ballot> ballots, boolean[] allAndNone) {
    if (voter > 3) {
      completions++;
      boolean passes = Retally.of(electorate, List.of(OPTION), ballots).passes(rules);
      allAndNone[0] &= passes;
      allAndNone[1] &= !passes;
      return;
    }
    Address address = address(voter);
    Ballot before = ballots.get(address);
    complete(voter + 1, cast, ballots, allAndNone);
    if (!cast.containsKey(address) || rules.replaceable()) {
      for (Support support : Support.values()) {
        ballots.put(address, plain(address, support));
        complete(voter + 1, cast, ballots, allAndNone);
      }
      ballots.remove(address);
      if (before != null) {
        ballots.put(address, before);
      }
    }
  }

  private static Ballot ballot(CaseState state, int voter, Support support) {
    return Fixtures.ballot(
        state.voting().proposalHash(), voter, support, support == Support.FOR ? 1 : 0);
  }

  private static Ballot plain(Address voter, Support support) {
    return aBallot()
        .proposal(witan.domain.common.Digest.ZERO)
        .hash(witan.domain.common.Digest.ZERO)
        .voter(voter)
        .support(support)
        .mask(big(support == Support.FOR ? 1 : 0))
        .deadline(1)
        .reason(witan.domain.common.Digest.ZERO)
        .build();
  }
}
