package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every tally of every total up to 8 against the domain's own rule, power by power. */
class StandingTest {
  private static final int[][] RULES = {
    {6000, 5100}, {4000, 5000}, {6000, 6667}, {0, 0}, {10000, 10000}
  };

  @Test
  void whatIsMissingIsTheLeastThatSettles() {
    int checked = 0;
    for (CountingMode mode : CountingMode.values()) {
      for (int[] rule : RULES) {
        Policy policy = policy(rule[0], rule[1], mode);
        for (int t = 1; t <= 6; t++) {
          for (int f = 0; f <= t; f++) {
            for (int a = 0; f + a <= t; a++) {
              for (int b = 0; f + a + b <= t; b++) {
                checked += movable(policy, t, f, a, b);
              }
            }
          }
        }
      }
    }
    assertEquals(17_150, checked);
  }

  @Test
  void anExpeditedVoteIsSettledByThePolicyThatItFallsBackTo() {
    Policy high = policy(9_000, 9_000, CountingMode.PARTICIPATION);
    Policy normal = policy(6_000, 5_100, CountingMode.PARTICIPATION);
    Count count =
        new Count(
            tally(100, 30, 0, 0),
            List.of(),
            new Movable(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, List.of()),
            Map.of(),
            BigInteger.ZERO);
    Standing standing = new Standing(high, normal, count);
    assertEquals(BigInteger.valueOf(60), standing.missingQuorum(), "to pass at the deadline");
    assertEquals(BigInteger.valueOf(30), standing.missingForApproval(), "60 of 100, 51 percent");
  }

  private static int movable(Policy policy, int t, int f, int a, int b) {
    int checked = 0;
    for (int mf = 0; mf <= f; mf++) {
      for (int ma = 0; ma <= a; ma++) {
        for (int mb = 0; mb <= b; mb++) {
          Movable movable =
              new Movable(
                  BigInteger.valueOf(mf),
                  BigInteger.valueOf(ma),
                  BigInteger.valueOf(mb),
                  List.of());
          check(policy, movable, t, f, a, b);
          checked++;
        }
      }
    }
    return checked;
  }

  private static void check(Policy policy, Movable movable, int t, int f, int a, int b) {
    DecisionRule rule = DecisionRule.of(policy);
    Standing standing =
        new Standing(
            policy, new Count(tally(t, f, a, b), List.of(), movable, Map.of(), BigInteger.ZERO));
    String state = policy + " T=" + t + " F=" + f + " A=" + a + " B=" + b + " " + movable;
    int r = t - f - a - b;
    int approve = 0;
    while (approve <= r && !rule.settledAccept(tally(t, f + approve, a, b), movable)) {
      approve++;
    }
    int reject = 0;
    while (reject <= r && !rule.settledReject(tally(t, f, a + reject, b), movable)) {
      reject++;
    }
    assertEquals(approve, capped(standing.missingForApproval(), r), "approval, " + state);
    assertEquals(reject, capped(standing.missingForRejection(), r), "rejection, " + state);
    int quorum = 0;
    while (!rule.quorum(tally(t, f + quorum, a, b))) {
      quorum++;
    }
    assertEquals(quorum, standing.missingQuorum().intValueExact(), "quorum, " + state);
  }

  /** What cannot be reached is only said to be out of reach. */
  private static int capped(BigInteger power, int remaining) {
    return power.min(BigInteger.valueOf(remaining + 1L)).intValueExact();
  }

  private static Tally tally(int t, int f, int a, int b) {
    return new Tally(
        BigInteger.valueOf(t), BigInteger.valueOf(f), BigInteger.valueOf(a), BigInteger.valueOf(b));
  }

  private static Policy policy(int quorum, int support, CountingMode mode) {
    return aPolicy().named("p").quorum(quorum).support(support).mode(mode).build();
  }
}
