package witan.domain.governance;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;

/**
 * One line of an electorate: who may vote, and with what weight.
 *
 * @param weight its own, after weighting, multiplier and cap; what others delegated is not in it
 * @param delegate the elector of this electorate who votes for it while it does not vote itself, or
 *     null; one hop: what was delegated to an elector does not follow its own delegation
 */
public record Elector(
    Address address,
    String member,
    String organisation,
    BigInteger weight,
    @Nullable Address delegate) {
  public Elector {
    if (weight.signum() < 0) {
      throw new IllegalArgumentException("a weight is not negative");
    }
  }
}
