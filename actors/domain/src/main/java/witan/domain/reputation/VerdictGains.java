package witan.domain.reputation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import witan.domain.governance.Support;

/**
 * What a verdict gives: the proposer of a true positive +3, of a false one -3, of a duplicate -1; a
 * voter who agreed with the verdict (For a true positive, Against a false one or a duplicate) +1; a
 * duty kept +1. Nobody loses by a vote, and an abstention agrees with nothing.
 */
public final class VerdictGains {
  private VerdictGains() {}

  /** Sums by member, sorted by handle, none of them 0. */
  public static List<Gain> gains(VerdictFacts facts) {
    Map<String, Integer> sums = new TreeMap<>();
    String proposer = facts.proposer();
    if (proposer != null) {
      sums.merge(proposer, proposed(facts.verdict()), Integer::sum);
    }
    for (VerdictFacts.Vote vote : facts.votes()) {
      sums.merge(vote.member(), agreed(facts.verdict(), vote.support()) ? 1 : 0, Integer::sum);
    }
    facts.dutyKept().forEach(member -> sums.merge(member, 1, Integer::sum));
    return sums.entrySet().stream()
        .filter(e -> e.getValue() != 0)
        .map(e -> new Gain(e.getKey(), e.getValue()))
        .toList();
  }

  private static int proposed(Verdict verdict) {
    return switch (verdict) {
      case TRUE_POSITIVE -> 3;
      case FALSE_POSITIVE -> -3;
      case DUPLICATE -> -1;
      case INCONCLUSIVE -> 0;
    };
  }

  private static boolean agreed(Verdict verdict, Support support) {
    return switch (verdict) {
      case TRUE_POSITIVE -> support == Support.FOR;
      case FALSE_POSITIVE, DUPLICATE -> support == Support.AGAINST;
      case INCONCLUSIVE -> false;
    };
  }
}
