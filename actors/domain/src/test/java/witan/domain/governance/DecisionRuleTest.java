package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.big;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionRuleTest {
  private static final int[][] THRESHOLDS = {{6000, 5100}, {4000, 5000}, {6000, 6667}};

  private int states;
  private long completions;

  /**
   * Every state: T = 1..7 units, split in every way over seven places: F, A and B fixed, F, A and B
   * movable, not yet voted. That is sum of C(T+6, 6) = 3,431 splits, for three pairs of thresholds
   * and both modes 20,586 states. Every completion: each movable unit ends in F, A or B, each unit
   * that has not voted in F, A, B or nowhere. A vote is settled exactly when all completions pass,
   * or none.
   */
  @Test
  void settlesExactlyWhenEveryCompletionAgrees() {
    for (int total = 1; total <= 7; total++) {
      for (int f = 0; f <= total; f++) {
        for (int a = 0; f + a <= total; a++) {
          for (int b = 0; f + a + b <= total; b++) {
            forEveryMovablePart(total, f, a, b);
          }
        }
      }
    }
    assertEquals(20_586, states);
    assertEquals(784_986, completions);
  }

  private void forEveryMovablePart(int total, int f, int a, int b) {
    for (int mf = 0; mf <= f; mf++) {
      for (int ma = 0; ma <= a; ma++) {
        for (int mb = 0; mb <= b; mb++) {
          for (int[] threshold : THRESHOLDS) {
            for (CountingMode mode : CountingMode.values()) {
              check(new DecisionRule(threshold[0], threshold[1], mode), total, f, a, b, mf, ma, mb);
            }
          }
        }
      }
    }
  }

  private void check(DecisionRule rule, int total, int f, int a, int b, int mf, int ma, int mb) {
    states++;
    boolean all = true;
    boolean none = true;
    int movers = mf + ma + mb;
    int open = total - f - a - b;
    for (int i = 0; i <= movers; i++) {
      for (int j = 0; i + j <= movers; j++) {
        for (int k = 0; k <= open; k++) {
          for (int l = 0; k + l <= open; l++) {
            for (int m = 0; k + l + m <= open; m++) {
              completions++;
              boolean passes =
                  passes(rule, total, f - mf + i + k, a - ma + j + l, b - mb + movers - i - j + m);
              all &= passes;
              none &= !passes;
            }
          }
        }
      }
    }
    Tally tally = new Tally(big(total), big(f), big(a), big(b));
    Movable movable = new Movable(big(mf), big(ma), big(mb), List.of());
    String state = rule + " " + tally + " " + movable;
    assertEquals(all, rule.settledAccept(tally, movable), state);
    assertEquals(none, rule.settledReject(tally, movable), state);
    if (movers == 0) {
      assertEquals(all, rule.settledAccept(tally), state);
      assertEquals(none, rule.settledReject(tally), state);
    }
    assertEquals(passes(rule, total, f, a, b), rule.pass(tally), state);
  }

  /** The rule of decision 0128 again, in plain numbers. */
  private static boolean passes(DecisionRule rule, long total, long f, long a, long b) {
    long counting = rule.mode() == CountingMode.BRAVO ? f + b : f + a + b;
    return 10_000 * counting >= rule.quorumBps() * total
        && f > a
        && 10_000 * f >= rule.supportBps() * (f + a);
  }

  @Test
  void aTieAndAnEmptyBoxDoNotPass() {
    DecisionRule rule = new DecisionRule(0, 0, CountingMode.PARTICIPATION);
    assertFalse(rule.pass(Tally.empty(big(10))));
    assertFalse(rule.pass(new Tally(big(10), big(5), big(5), big(0))));
    assertTrue(rule.pass(new Tally(big(10), big(1), big(0), big(0))));
  }

  @Test
  void abstentionsCountToTheQuorumAndNeverToTheSupport() {
    DecisionRule rule = new DecisionRule(6000, 5100, CountingMode.PARTICIPATION);
    assertTrue(rule.pass(new Tally(big(100), big(2), big(1), big(57))));
    assertFalse(rule.pass(new Tally(big(100), big(2), big(1), big(56))));
    assertEquals(big(60), rule.counting(new Tally(big(100), big(2), big(1), big(57))));
  }

  @Test
  void weightsBeyondLongsStayExact() {
    DecisionRule rule = new DecisionRule(6000, 5100, CountingMode.PARTICIPATION);
    var unit = big(10).pow(40);
    Tally exact =
        new Tally(unit.multiply(big(100)), unit.multiply(big(51)), unit.multiply(big(49)), big(0));
    assertTrue(rule.pass(exact));
    Tally one =
        new Tally(
            exact.total(),
            exact.forPower().subtract(big(1)),
            exact.againstPower().add(big(1)),
            big(0));
    assertFalse(rule.pass(one));
  }
}
