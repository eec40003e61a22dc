package witan.domain.governance;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import witan.domain.common.PersistentMap;

/**
 * The running sums of a vote; immutable.
 *
 * @param approvals per option, the weight of FOR ballots that approve it
 * @param movable the part of both that may still move
 * @param approvers per organisation, how many of its members with weight of their own are FOR
 * @param flagged how much of what is AGAINST flags the proposal as abuse
 */
public record Count(
    Tally tally,
    List<BigInteger> approvals,
    Movable movable,
    Map<String, Integer> approvers,
    BigInteger flagged) {

  public static Count empty(BigInteger total, int options) {
    List<BigInteger> none = Collections.nCopies(options, BigInteger.ZERO);
    return new Count(
        Tally.empty(total),
        none,
        new Movable(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, none),
        PersistentMap.empty(),
        BigInteger.ZERO);
  }

  /**
   * With so much more power behind the ballot's choice.
   *
   * @param weight negative to take it away
   * @param moves whether it may still move
   */
  public Count add(Ballot ballot, BigInteger weight, boolean moves) {
    if (weight.signum() == 0) {
      return this;
    }
    Tally sums = tally.plus(ballot.support(), weight);
    Movable moved = movable;
    if (moves) {
      Support side = ballot.support();
      moved =
          new Movable(
              side == Support.FOR ? movable.forPower().add(weight) : movable.forPower(),
              side == Support.AGAINST ? movable.againstPower().add(weight) : movable.againstPower(),
              side == Support.ABSTAIN ? movable.abstainPower().add(weight) : movable.abstainPower(),
              approve(movable.approvals(), ballot, weight));
    }
    return new Count(
        sums,
        approve(approvals, ballot, weight),
        moved,
        approvers,
        ballot.flagsAbuse() ? flagged.add(weight) : flagged);
  }

  /** With one more (or, -1, one less) member of the organisation who is FOR. */
  public Count approver(String organisation, int more) {
    return new Count(
        tally,
        approvals,
        movable,
        PersistentMap.of(approvers)
            .plus(organisation, approvers.getOrDefault(organisation, 0) + more),
        flagged);
  }

  /** How many organisations have a member who is FOR. */
  public int approving() {
    return (int) approvers.values().stream().filter(members -> members > 0).count();
  }

  private static List<BigInteger> approve(
      List<BigInteger> approvals, Ballot ballot, BigInteger weight) {
    if (ballot.support() != Support.FOR) {
      return approvals;
    }
    List<BigInteger> sums = new ArrayList<>(approvals);
    for (int i = 0; i < sums.size(); i++) {
      if (ballot.optionMask().testBit(i)) {
        sums.set(i, sums.get(i).add(weight));
      }
    }
    return List.copyOf(sums);
  }
}
