package witan.domain.governance;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which of a proposal's options wins: the highest approved weight, ties to the lower impact, then
 * to the lower index (decision 0128).
 *
 * @param impacts of the options, by index; at least one
 */
public record OptionRule(List<Integer> impacts) {
  /** The impact of no action: it wins ties. */
  private static final int NO_IMPACT = 0;

  public OptionRule {
    impacts = List.copyOf(impacts);
    if (impacts.isEmpty()) {
      throw new IllegalArgumentException("there is no option");
    }
  }

  /** Of a proposal with those options, to which comes the last choice. */
  public static OptionRule of(List<ResponseOption> proposed) {
    Stream<Integer> options = proposed.stream().map(ResponseOption::impact);
    // The last choice has no playbook: no action, or the change of a governed proposal.
    return new OptionRule(Stream.concat(options, Stream.of(NO_IMPACT)).toList());
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

  /**
   * True when the leader stays ahead of every rival whatever is still cast or moves: its lead is
   * greater than R + the sum over movable ballots of w * (1 + [approves the leader] - [approves the
   * rival]). The lead must be greater than what can be made up, as the specification has it: where
   * it is equal, so that the tie rule would speak, the vote runs on.
   */
  public boolean settled(List<BigInteger> approvals, BigInteger remaining, Movable movable) {
    int leader = winner(approvals);
    for (int rival = 0; rival < impacts.size(); rival++) {
      if (rival != leader) {
        BigInteger lead = approvals.get(leader).subtract(approvals.get(rival));
        BigInteger swing =
            movable.power().add(movable.approving(leader)).subtract(movable.approving(rival));
        if (lead.compareTo(remaining.add(swing)) <= 0) {
          return false;
        }
      }
    }
    return true;
  }
}
