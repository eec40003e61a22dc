package witan.cluster.council;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Shares as people read them. */
final class Percent {
  private Percent() {}

  /** Basis points, exactly: {@code 51 %}, {@code 33.33 %}. */
  static String of(int basisPoints) {
    return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString() + " %";
  }

  /** Of a whole, to a tenth. */
  static String of(BigInteger part, BigInteger whole) {
    return whole.signum() == 0
        ? "0 %"
        : new BigDecimal(part)
                .multiply(BigDecimal.valueOf(100))
                .divide(new BigDecimal(whole), 1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString()
            + " %";
  }
}
