package witan.domain.governance;

import java.math.BigInteger;
import witan.domain.common.Address;

/** One line of an electorate: who may vote, and with what weight. */
public record Elector(Address address, String member, String organisation, BigInteger weight) {
  public Elector {
    if (weight.signum() < 0) {
      throw new IllegalArgumentException("a weight is not negative");
    }
  }
}
