package witan.answers.council;

import java.math.BigInteger;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;

/**
 * A snapshot that votes are counted by.
 *
 * @param members how many electors it has
 */
public record SnapshotAnswer(
    Digest digest,
    BigInteger total,
    int members,
    ConcentrationLine concentration,
    Electorate electorate) {

  /**
   * How concentrated the power is.
   *
   * @param nakamoto least number of organisations with more than half of the total together
   */
  public record ConcentrationLine(Ratio giniMembers, Ratio giniOrganisations, int nakamoto) {}

  /** An exact fraction, not reduced. */
  public record Ratio(BigInteger numerator, BigInteger denominator) {}
}
