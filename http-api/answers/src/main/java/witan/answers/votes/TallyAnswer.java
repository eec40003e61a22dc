package witan.answers.votes;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigInteger;
import witan.domain.governance.CountingMode;

/**
 * Where a vote stands, in numerators and denominators.
 *
 * @param movable what may still move by an override or a replacement
 */
public record TallyAnswer(
    BigInteger total,
    @JsonProperty("for") BigInteger forPower,
    BigInteger against,
    BigInteger abstain,
    BigInteger remaining,
    CountingMode mode,
    Fraction quorum,
    Fraction support,
    Sides movable,
    Approvals approvals,
    Missing missing) {

  /** An exact fraction, not reduced, and what it has to come to. */
  public record Fraction(
      BigInteger numerator, BigInteger denominator, int requiredBps, boolean reached) {}

  /** Power on each side. */
  public record Sides(
      @JsonProperty("for") BigInteger forPower, BigInteger against, BigInteger abstain) {}

  /** Organisations of which a member voted for. */
  public record Approvals(int organisations, int required, boolean reached) {}

  /**
   * What is missing for each outcome.
   *
   * @param quorum power that has to join the count
   * @param approvals organisations
   * @param settledApproval power that has to vote for, so that no later vote can change the
   *     approval
   * @param settledRejection power that has to vote against, so that no later vote can change the
   *     rejection
   */
  public record Missing(
      BigInteger quorum, int approvals, Need settledApproval, Need settledRejection) {}

  /**
   * Power that is needed.
   *
   * @param reachable whether so much has not voted yet
   */
  public record Need(BigInteger power, boolean reachable) {}
}
