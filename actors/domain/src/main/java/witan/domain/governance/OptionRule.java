package witan.domain.governance;

import java.math.BigInteger;
import java.util.List;

/**
 * Which of a proposal's options wins: the highest approved weight, ties to the lower impact, then
 * to the lower index ({@code governance.md}, "Options").
 *
 * @param impacts of the options, by index; at least one
 */
public record OptionRule(List<Integer> impacts) {

  /** A counted ballot that may still move, and the options it approves now. */
  public record MovableBallot(BigInteger weight, BigInteger optionMask) {}

  public OptionRule {
    impacts = List.copyOf(impacts);
    if (impacts.isEmpty()) {
      throw new IllegalArgumentException("there is no option");
    }
  }

  public static OptionRule of(ProposalContent content) {
    return new OptionRule(content.options().stream().map(ResponseOption::impact).toList());
  }

  /**
   * The option that leads.
   *
   * @param approvals approved weight by option
   * @return index of the leader
   */
  public int winner(List<BigInteger> approvals) {
    int best = 0;
    for (int i = 1; i < impacts.size(); i++) {
      int order = approvals.get(i).compareTo(approvals.get(best));
      if (order > 0 || (order == 0 && impacts.get(i) < impacts.get(best))) {
        best = i;
      }
    }
    return best;
  }

  public boolean settled(List<BigInteger> approvals, BigInteger remaining) {
    return settled(approvals, remaining, List.of());
  }

  /**
   * True when the leader stays ahead of every rival whatever is still cast or moves. The lead must
   * be greater than what can be made up, as the specification has it: where it is equal, so that
   * the tie rule would speak, the vote runs on.
   */
  public boolean settled(
      List<BigInteger> approvals, BigInteger remaining, List<MovableBallot> movable) {
    int leader = winner(approvals);
    for (int rival = 0; rival < impacts.size(); rival++) {
      if (rival != leader) {
        BigInteger lead = approvals.get(leader).subtract(approvals.get(rival));
        if (lead.compareTo(remaining.add(swing(movable, leader, rival))) <= 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** By how much movable ballots can shorten the lead: w * (1 + [approves leader] - [rival]). */
  private static BigInteger swing(List<MovableBallot> movable, int leader, int rival) {
    BigInteger sum = BigInteger.ZERO;
    for (MovableBallot ballot : movable) {
      int times =
          1
              + (ballot.optionMask().testBit(leader) ? 1 : 0)
              - (ballot.optionMask().testBit(rival) ? 1 : 0);
      sum = sum.add(ballot.weight().multiply(BigInteger.valueOf(times)));
    }
    return sum;
  }
}
