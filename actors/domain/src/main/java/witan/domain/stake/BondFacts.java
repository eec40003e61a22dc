package witan.domain.stake;

import java.math.BigInteger;

/**
 * What a bond is settled by: the final set of ballots, those that did not count for the decision
 * included, so that the order of arrival decides nothing.
 *
 * @param total of the snapshot
 * @param against final weight against
 * @param abuse weight of those who flagged the proposal as abuse
 */
public record BondFacts(
    BondOutcome outcome, BigInteger total, BigInteger against, BigInteger abuse) {
  public BondFacts {
    if (against.signum() < 0
        || abuse.signum() < 0
        || against.compareTo(total) > 0
        || abuse.compareTo(total) > 0) {
      throw new IllegalArgumentException("weights are from 0 to the total");
    }
  }
}
