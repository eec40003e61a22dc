package witan.domain.governance;

import java.math.BigInteger;
import java.util.List;

/**
 * The parts of F, A and B that were cast but may still move: mF, mA and mB of decision 0128 (cast
 * by delegates for delegators who may still vote themselves, or replaceable).
 *
 * @param approvals per option, how much of the movable power approves it; empty where none is
 */
public record Movable(
    BigInteger forPower,
    BigInteger againstPower,
    BigInteger abstainPower,
    List<BigInteger> approvals) {
  public static final Movable NONE =
      new Movable(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, List.of());

  public Movable {
    approvals = List.copyOf(approvals);
  }

  public BigInteger power() {
    return forPower.add(againstPower).add(abstainPower);
  }

  public BigInteger approving(int option) {
    return option < approvals.size() ? approvals.get(option) : BigInteger.ZERO;
  }
}
