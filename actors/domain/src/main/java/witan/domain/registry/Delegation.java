package witan.domain.registry;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.common.LeftOut;
import witan.domain.governance.Urgency;

/**
 * EIP-712 {@code Delegation}: the whole weight of the delegator, one hop. A member has at most one
 * delegation; a later statement replaces it. <em>A delegation to oneself revokes</em>: then scope
 * and expiry are not read.
 *
 * @param scope as a number: 0 for every urgency, else bit i is set for the urgencies (0 routine, 1
 *     elevated, 2 urgent) that it is for
 * @param expiry Unix seconds; it does not count for cases that are logged then or later
 */
public record Delegation(
    @LeftOut @Nullable Digest council,
    Address delegator,
    Address delegatee,
    Digest scope,
    long nonce,
    long expiry)
    implements Statement {
  private static final int URGENCIES = Urgency.values().length;

  @Override
  public Address signer() {
    return delegator;
  }

  public boolean revokes() {
    return delegator.equals(delegatee);
  }

  /** The scope as bits; all of them for 0; -1 where it names anything else. */
  public int urgencies() {
    BigInteger bits = new BigInteger(1, scope.bytes());
    if (bits.bitLength() > URGENCIES) {
      return -1;
    }
    return bits.signum() == 0 ? (1 << URGENCIES) - 1 : bits.intValueExact();
  }
}
