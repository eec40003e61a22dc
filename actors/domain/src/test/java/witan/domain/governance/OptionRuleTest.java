package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.big;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionRuleTest {
  private int states;
  private int onlyByTheTieRule;

  /**
   * Every state of 1 to 4 unit votes and 1 to 3 options, under three orders of impact: each vote
   * has not come, or is fixed, or is movable, with every mask (0: it approves nothing). Every
   * completion: each vote that has not come, and each movable one, gets every mask. The winner is
   * settled exactly when it is strictly ahead of every rival in every completion.
   */
  @Test
  void settlesExactlyWhenTheLeaderStaysAhead() {
    for (int options = 1; options <= 3; options++) {
      for (List<Integer> impacts : List.of(List.of(5, 5, 5), List.of(3, 2, 1), List.of(1, 2, 3))) {
        OptionRule rule = new OptionRule(impacts.subList(0, options));
        for (int votes = 1; votes <= 4; votes++) {
          choose(rule, new int[votes], 0, 0, 1 << options);
        }
      }
    }
    assertEquals(20_469, states);
    assertTrue(onlyByTheTieRule > 0, "the strict rule differs from the tie rule somewhere");
  }

  /** Multisets of kinds: 0 not come; 1 + mask fixed; 1 + masks + mask movable. */
  private void choose(OptionRule rule, int[] kinds, int at, int least, int masks) {
    if (at == kinds.length) {
      check(rule, kinds, masks);
      return;
    }
    for (int kind = least; kind <= 2 * masks; kind++) {
      kinds[at] = kind;
      choose(rule, kinds, at + 1, kind, masks);
    }
  }

  private void check(OptionRule rule, int[] kinds, int masks) {
    states++;
    int options = rule.impacts().size();
    int[] fixed = new int[options];
    int[] now = new int[options];
    int free = 0;
    int remaining = 0;
    int[] moving = new int[options];
    int movers = 0;
    for (int kind : kinds) {
      if (kind == 0) {
        remaining++;
        free++;
      } else if (kind <= masks) {
        add(fixed, kind - 1);
        add(now, kind - 1);
      } else {
        free++;
        add(now, kind - 1 - masks);
        add(moving, kind - 1 - masks);
        movers++;
      }
    }
    int leader = winner(rule.impacts(), now);
    boolean ahead = true;
    boolean same = true;
    for (int completion = 0; completion < Math.pow(masks, free); completion++) {
      int[] sums = fixed.clone();
      for (int i = 0, rest = completion; i < free; i++, rest /= masks) {
        add(sums, rest % masks);
      }
      same &= winner(rule.impacts(), sums) == leader;
      for (int rival = 0; rival < options; rival++) {
        ahead &= rival == leader || sums[leader] > sums[rival];
      }
    }
    List<BigInteger> approvals = Arrays.stream(now).mapToObj(n -> big(n)).toList();
    Movable movable =
        new Movable(
            big(movers), big(0), big(0), Arrays.stream(moving).mapToObj(n -> big(n)).toList());
    String state = rule + " " + Arrays.toString(kinds);
    assertEquals(leader, rule.winner(approvals), state);
    assertEquals(ahead, rule.settled(approvals, big(remaining), movable), state);
    assertTrue(!ahead || same, state);
    onlyByTheTieRule += same && !ahead ? 1 : 0;
  }

  private static void add(int[] sums, int mask) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += mask >> i & 1;
    }
  }

  private static int winner(List<Integer> impacts, int[] sums) {
    int best = -1;
    for (int i = 0; i < sums.length; i++) {
      if (best < 0
          || sums[i] > sums[best]
          || (sums[i] == sums[best] && impacts.get(i) < impacts.get(best))) {
        best = i;
      }
    }
    return best;
  }
}
