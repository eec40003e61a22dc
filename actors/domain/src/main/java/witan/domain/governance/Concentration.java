package witan.domain.governance;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How unevenly a snapshot's own weights lie (delegations move none of them).
 *
 * @param members Gini coefficient over electors
 * @param organisations Gini coefficient over organisations
 * @param nakamoto the least number of organisations that have more than half of the total together;
 *     0 where nobody has a weight
 */
public record Concentration(Ratio members, Ratio organisations, int nakamoto) {

  /** An exact fraction, not reduced; 0/1 where there is nothing to divide. */
  public record Ratio(BigInteger numerator, BigInteger denominator) {}

  public static Concentration of(Electorate electorate) {
    Map<String, BigInteger> sums = new TreeMap<>();
    for (Elector elector : electorate.electors()) {
      sums.merge(elector.organisation(), elector.weight(), BigInteger::add);
    }
    List<BigInteger> organisations = new ArrayList<>(sums.values());
    return new Concentration(
        gini(electorate.electors().stream().map(Elector::weight).toList()),
        gini(organisations),
        nakamoto(organisations));
  }

  /** Sum over i of (2i - n - 1) * w(i), weights ascending and i from 1, over n * sum. */
  private static Ratio gini(List<BigInteger> weights) {
    List<BigInteger> sorted = weights.stream().sorted().toList();
    int n = sorted.size();
    BigInteger numerator = BigInteger.ZERO;
    for (int i = 1; i <= n; i++) {
      numerator = numerator.add(sorted.get(i - 1).multiply(BigInteger.valueOf(2L * i - n - 1)));
    }
    BigInteger denominator = Weights.sum(sorted).multiply(BigInteger.valueOf(n));
    return denominator.signum() == 0
        ? new Ratio(BigInteger.ZERO, BigInteger.ONE)
        : new Ratio(numerator, denominator);
  }

  private static int nakamoto(List<BigInteger> organisations) {
    BigInteger total = Weights.sum(organisations);
    BigInteger sum = BigInteger.ZERO;
    int count = 0;
    for (BigInteger weight : organisations.stream().sorted(Comparator.reverseOrder()).toList()) {
      if (sum.shiftLeft(1).compareTo(total) > 0 || total.signum() == 0) {
        break;
      }
      sum = sum.add(weight);
      count++;
    }
    return count;
  }
}
