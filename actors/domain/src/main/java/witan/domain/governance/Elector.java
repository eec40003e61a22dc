package witan.domain.governance;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;

/**
 * One line of an electorate: who may vote, and with what weight.
 *
 * @param weight own effective weight (after weighting, multiplier and cap); may be 0
 * @param delegate to whom it is delegated for this electorate's urgency, an elector of the same
 *     electorate; or null. One hop: what a member received is not passed on by its own delegation.
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
    if (address.equals(delegate)) {
      throw new IllegalArgumentException("nobody is a delegate of oneself");
    }
  }
}
