package witan.domain.governance;

import java.math.BigInteger;

/**
 * Where a vote stands: numerators, denominators and the mode, and how much power is still missing
 * for each outcome to be settled. Exact integers, no division but to round a threshold up; it
 * informs, the case decides.
 */
public final class Standing {
  private static final BigInteger BPS = BigInteger.valueOf(10_000);
  private static final BigInteger TWO = BigInteger.TWO;

  private final DecisionRule rule;
  private final DecisionRule settling;
  private final int minimumApprovals;
  private final Tally tally;
  private final Movable movable;
  private final int approving;

  public Standing(Policy policy, Count count) {
    this(policy, policy, count);
  }

  /**
   * Of an expedited vote.
   *
   * @param policy whose bar is in force now
   * @param last the policy that decides if nothing decides before: a vote is settled by that one
   */
  public Standing(Policy policy, Policy last, Count count) {
    this.rule = DecisionRule.of(policy);
    this.settling = DecisionRule.of(last);
    this.minimumApprovals = policy.minimumApprovals();
    this.tally = count.tally();
    this.movable = count.movable();
    this.approving = count.approving();
  }

  /** What is in force now. */
  public DecisionRule rule() {
    return rule;
  }

  public Tally tally() {
    return tally;
  }

  /** What may still move by an override or a replacement. */
  public Movable movable() {
    return movable;
  }

  /** Organisations of which a member voted for. */
  public int approving() {
    return approving;
  }

  /** How many of them it takes. */
  public int minimumApprovals() {
    return minimumApprovals;
  }

  /** Whether so much power has not voted yet. */
  public boolean reachable(BigInteger power) {
    return power.compareTo(tally.remaining()) <= 0;
  }

  /** Organisations that have to join. */
  public int missingApprovals() {
    return Math.max(0, minimumApprovals - approving);
  }

  /** Power that has to join the count for the quorum. */
  public BigInteger missingQuorum() {
    return atLeastZero(ceil(rule.quorumBps(), tally.total()).subtract(rule.counting(tally)));
  }

  /**
   * Power that has to join FOR, for good, all the rest voting AGAINST and what is movable moving
   * there, for the proposal to pass.
   */
  public BigInteger missingForApproval() {
    BigInteger leaving = movable.forPower().add(movable.abstainPower());
    BigInteger f = tally.forPower().subtract(movable.forPower());
    BigInteger rest = tally.againstPower().add(tally.remaining()).add(leaving);
    BigInteger majority = rest.subtract(f).add(TWO).divide(TWO); // f + x > rest - x
    BigInteger support = ceil(settling.supportBps(), f.add(rest)).subtract(f);
    BigInteger counting = settling.counting(tally);
    if (settling.mode() == CountingMode.BRAVO) {
      counting = counting.subtract(leaving);
    }
    BigInteger quorum = ceil(settling.quorumBps(), tally.total()).subtract(counting);
    return atLeastZero(rest.compareTo(f) < 0 ? support : majority.max(support)).max(quorum);
  }

  /**
   * Power that has to join AGAINST, for good, all the rest voting FOR and what is movable moving
   * there, for the proposal not to pass.
   */
  public BigInteger missingForRejection() {
    BigInteger joining = movable.againstPower().add(movable.abstainPower());
    BigInteger best = tally.forPower().add(tally.remaining()).add(joining);
    BigInteger against = tally.againstPower().subtract(movable.againstPower());
    BigInteger tie = best.subtract(against).add(BigInteger.ONE).divide(TWO); // best - y <= a + y
    BigInteger support =
        best.subtract(ceil(settling.supportBps(), best.add(against))).add(BigInteger.ONE);
    BigInteger least = (best.compareTo(against) <= 0 ? BigInteger.ZERO : tie).min(support);
    if (settling.mode() == CountingMode.BRAVO) {
      BigInteger reach =
          settling.counting(tally).add(tally.remaining()).add(movable.againstPower());
      least =
          least.min(reach.subtract(ceil(settling.quorumBps(), tally.total())).add(BigInteger.ONE));
    }
    return atLeastZero(least);
  }

  /** The least whole power that is {@code bps} of the whole. */
  private static BigInteger ceil(int bps, BigInteger whole) {
    return whole.multiply(BigInteger.valueOf(bps)).add(BPS).subtract(BigInteger.ONE).divide(BPS);
  }

  private static BigInteger atLeastZero(BigInteger number) {
    return number.max(BigInteger.ZERO);
  }
}
