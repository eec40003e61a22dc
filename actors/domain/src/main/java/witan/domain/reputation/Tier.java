package witan.domain.reputation;

import java.math.BigInteger;

/** What points unlock: multipliers 1.0, 1.25, 1.5 and 2.0, as quarters. */
public enum Tier {
  BASE(0, 4),
  KNOWN(10, 5),
  TRUSTED(50, 6),
  PROVEN(200, 8);

  private final long points;
  private final BigInteger quarters;

  Tier(long points, long quarters) {
    this.points = points;
    this.quarters = BigInteger.valueOf(quarters);
  }

  /** The least whole points of this tier. */
  public long points() {
    return points;
  }

  /** The multiplier times four. */
  public BigInteger quarters() {
    return quarters;
  }
}
