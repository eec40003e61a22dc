package witan.answers.council;

import java.math.BigInteger;
import java.util.List;
import witan.domain.stake.StakeProfile;

/**
 * Supply, treasury and bonds.
 *
 * @param bonds the first 500, by case
 * @param openBonds how many there are
 * @param registrySeq number of the registry's last event
 */
public record StakesAnswer(
    BigInteger supply,
    BigInteger treasury,
    StakeProfile profile,
    List<BondLine> bonds,
    int openBonds,
    long registrySeq) {

  /** What a member has pledged for a case. */
  public record BondLine(String caseId, String member, BigInteger amount) {}
}
