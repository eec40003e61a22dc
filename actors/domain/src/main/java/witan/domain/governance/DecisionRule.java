package witan.domain.governance;

import java.math.BigInteger;

/**
 * The decision rule (decision 0128): exact integers, cross-multiplied, no division.
 *
 * @param quorumBps q, basis points of T
 * @param supportBps s, basis points of F + A
 */
public record DecisionRule(int quorumBps, int supportBps, CountingMode mode) {
  private static final BigInteger BPS = BigInteger.valueOf(10_000);

  public static DecisionRule of(Policy policy) {
    return new DecisionRule(policy.quorumBps(), policy.supportBps(), policy.mode());
  }

  /** The numerator of the quorum; its denominator is T. */
  public BigInteger counting(Tally tally) {
    BigInteger forOrAbstain = tally.forPower().add(tally.abstainPower());
    return mode == CountingMode.BRAVO ? forOrAbstain : forOrAbstain.add(tally.againstPower());
  }

  public boolean quorum(Tally tally) {
    return reachesQuorum(counting(tally), tally.total());
  }

  /** A tie, or no votes, is no support. */
  public boolean support(Tally tally) {
    return supported(tally.forPower(), tally.againstPower());
  }

  /** What holds at the deadline. */
  public boolean pass(Tally tally) {
    return quorum(tally) && support(tally);
  }

  public boolean settledAccept(Tally tally) {
    return settledAccept(tally, Movable.NONE);
  }

  public boolean settledReject(Tally tally) {
    return settledReject(tally, Movable.NONE);
  }

  /** True when the vote passes whatever is still cast and however the movable parts move. */
  public boolean settledAccept(Tally tally, Movable movable) {
    BigInteger leaving = movable.forPower().add(movable.abstainPower());
    BigInteger forAtLeast = tally.forPower().subtract(movable.forPower());
    BigInteger againstAtMost = tally.againstPower().add(tally.remaining()).add(leaving);
    BigInteger counting = counting(tally);
    return supported(forAtLeast, againstAtMost)
        && reachesQuorum(
            mode == CountingMode.BRAVO ? counting.subtract(leaving) : counting, tally.total());
  }

  /** True when the vote cannot pass any more, whatever is still cast or moves. */
  public boolean settledReject(Tally tally, Movable movable) {
    BigInteger joining = movable.againstPower().add(movable.abstainPower());
    BigInteger forAtMost = tally.forPower().add(tally.remaining()).add(joining);
    BigInteger againstAtLeast = tally.againstPower().subtract(movable.againstPower());
    return !(supported(forAtMost, againstAtLeast) && bestQuorum(tally, movable));
  }

  private boolean bestQuorum(Tally tally, Movable movable) {
    return mode == CountingMode.PARTICIPATION
        || reachesQuorum(
            counting(tally).add(tally.remaining()).add(movable.againstPower()), tally.total());
  }

  private boolean supported(BigInteger forPower, BigInteger againstPower) {
    return forPower.compareTo(againstPower) > 0
        && reaches(forPower, supportBps, forPower.add(againstPower));
  }

  private boolean reachesQuorum(BigInteger counting, BigInteger total) {
    return reaches(counting, quorumBps, total);
  }

  private static boolean reaches(BigInteger numerator, int bps, BigInteger denominator) {
    return BPS.multiply(numerator).compareTo(BigInteger.valueOf(bps).multiply(denominator)) >= 0;
  }
}
