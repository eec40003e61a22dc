package witan.domain.governance;

import java.math.BigInteger;

/**
 * The parts of F, A and B that were cast but may still move: mF, mA and mB of {@code governance.md}
 * (cast by delegates for delegators who may still vote themselves, or replaceable).
 */
public record Movable(BigInteger forPower, BigInteger againstPower, BigInteger abstainPower) {
  public static final Movable NONE = new Movable(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
}
