package witan.domain.governance;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Exact arithmetic on weights: roots, shares of a whole, and the cap per organisation. */
public final class Weights {
  /** Basis points of a whole, and the cap that caps nothing. */
  public static final int WHOLE_BPS = 10_000;

  private static final BigInteger WHOLE = BigInteger.valueOf(WHOLE_BPS);
  private static final BigInteger ROOT_SCALE = BigInteger.valueOf(1_000_000);

  private Weights() {}

  /** isqrt(tokens * 10^6): a thousand times the root, rounded down. */
  public static BigInteger root(BigInteger tokens) {
    return tokens.multiply(ROOT_SCALE).sqrt();
  }

  /**
   * Shares of a whole in proportion to the parts, by largest remainder: each share is the exact one
   * rounded down, then one more for those with the greatest remainders, of equal ones the earlier.
   *
   * @param whole no more than the parts together, or the parts are all 0 and it is 0
   * @return as many as there are parts; together exactly the whole
   */
  public static List<BigInteger> apportion(BigInteger whole, List<BigInteger> parts) {
    BigInteger sum = sum(parts);
    if (sum.signum() == 0) {
      return parts;
    }
    BigInteger[] shares = new BigInteger[parts.size()];
    BigInteger[] remainders = new BigInteger[parts.size()];
    BigInteger given = BigInteger.ZERO;
    for (int i = 0; i < shares.length; i++) {
      BigInteger[] exact = whole.multiply(parts.get(i)).divideAndRemainder(sum);
      shares[i] = exact[0];
      remainders[i] = exact[1];
      given = given.add(exact[0]);
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing((Integer i) -> remainders[i]).reversed());
    int left = whole.subtract(given).intValueExact();
    for (int i = 0; i < left; i++) {
      shares[order.get(i)] = shares[order.get(i)].add(BigInteger.ONE);
    }
    return Arrays.asList(shares);
  }

  /**
   * The greatest weight that one organisation may keep so that, all weights cut to it, none has
   * more than the cap of the total <em>that then remains</em>. With the k greatest cut to c and the
   * rest r untouched, c = floor(cap * r / (1 - k * cap)); the first k where c is no less than the
   * next weight is the answer, found after at most 1 / cap steps. Where there are so few
   * organisations that even equal weights are above the cap (n * cap less than 1), no cut can help,
   * and nothing is cut.
   *
   * @param capBps 1 to 10000
   */
  public static BigInteger ceiling(List<BigInteger> organisations, int capBps) {
    List<BigInteger> sorted =
        organisations.stream()
            .filter(w -> w.signum() > 0)
            .sorted(Comparator.reverseOrder())
            .toList();
    if (sorted.isEmpty()) {
      return BigInteger.ZERO;
    }
    BigInteger greatest = sorted.get(0);
    if ((long) sorted.size() * capBps < WHOLE_BPS) {
      return greatest;
    }
    BigInteger cap = BigInteger.valueOf(capBps);
    BigInteger rest = sum(sorted);
    if (WHOLE.multiply(greatest).compareTo(cap.multiply(rest)) <= 0) {
      return greatest;
    }
    for (int k = 1; k < sorted.size(); k++) {
      rest = rest.subtract(sorted.get(k - 1));
      BigInteger free = WHOLE.subtract(cap.multiply(BigInteger.valueOf(k)));
      BigInteger ceiling = cap.multiply(rest).divide(free);
      if (ceiling.compareTo(sorted.get(k)) >= 0) {
        return ceiling;
      }
    }
    throw new IllegalStateException("n * cap >= 1, so that an earlier k had to do");
  }

  public static BigInteger sum(List<BigInteger> parts) {
    return parts.stream().reduce(BigInteger.ZERO, BigInteger::add);
  }
}
