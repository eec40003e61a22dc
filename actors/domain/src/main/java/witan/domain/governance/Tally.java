package witan.domain.governance;

import java.math.BigInteger;

/**
 * The sums of a vote: T, F, A and B of decision 0128.
 *
 * @param total T, the whole voting power of the snapshot
 */
public record Tally(
    BigInteger total, BigInteger forPower, BigInteger againstPower, BigInteger abstainPower) {

  public static Tally empty(BigInteger total) {
    return new Tally(total, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
  }

  /** R, the power that has not voted yet. */
  public BigInteger remaining() {
    return total.subtract(forPower).subtract(againstPower).subtract(abstainPower);
  }

  public Tally plus(Support support, BigInteger weight) {
    return switch (support) {
      case FOR -> new Tally(total, forPower.add(weight), againstPower, abstainPower);
      case AGAINST -> new Tally(total, forPower, againstPower.add(weight), abstainPower);
      case ABSTAIN -> new Tally(total, forPower, againstPower, abstainPower.add(weight));
    };
  }
}
