package witan.load.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class RuleTest {
  /** T = 1..7, every (F, A, B), three pairs of bounds, both modes: every completion is tried. */
  @Test
  void settledMeansThatNoCompletionChangesTheOutcome() {
    int states = 0;
    int[][] bounds = {{6000, 5100}, {4000, 5000}, {6000, 6667}};
    for (int[] bound : bounds) {
      for (boolean bravo : new boolean[] {false, true}) {
        Rule rule = new Rule(BigInteger.valueOf(bound[0]), BigInteger.valueOf(bound[1]), bravo);
        for (int t = 1; t <= 7; t++) {
          for (int f = 0; f <= t; f++) {
            for (int a = 0; a + f <= t; a++) {
              for (int b = 0; a + b + f <= t; b++) {
                check(rule, t, f, a, b);
                states++;
              }
            }
          }
        }
      }
    }
    assertTrue(states > 1_900, "only " + states + " states");
  }

  private static void check(Rule rule, int t, int f, int a, int b) {
    boolean some = false;
    boolean all = true;
    int rest = t - f - a - b;
    for (int x = 0; x <= rest; x++) {
      for (int y = 0; x + y <= rest; y++) {
        for (int z = 0; x + y + z <= rest; z++) {
          boolean pass = rule.pass(sums(t, f + x, a + y, b + z));
          some |= pass;
          all &= pass;
        }
      }
    }
    String state = rule + " " + t + " " + f + " " + a + " " + b;
    assertEquals(all, rule.settledAccept(sums(t, f, a, b)), state);
    assertEquals(!some, rule.settledReject(sums(t, f, a, b)), state);
  }

  private static Rule.Sums sums(int t, int f, int a, int b) {
    return new Rule.Sums(
        BigInteger.valueOf(t), BigInteger.valueOf(f), BigInteger.valueOf(a), BigInteger.valueOf(b));
  }
}
