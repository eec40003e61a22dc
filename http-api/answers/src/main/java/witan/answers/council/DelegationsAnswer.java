package witan.answers.council;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.governance.Urgency;

/**
 * A page of the delegations, by the delegator's handle.
 *
 * @param after where the next page begins; null on the last
 * @param registrySeq number of the registry's last event
 */
public record DelegationsAnswer(
    List<DelegationLine> items, @Nullable String after, long registrySeq) {

  /**
   * A delegation.
   *
   * @param delegateAddress null once the delegate is gone or has no key
   */
  public record DelegationLine(
      String delegator,
      @Nullable Address delegatorAddress,
      String delegate,
      @Nullable Address delegateAddress,
      List<Urgency> urgencies,
      long expiry,
      long nonce) {}
}
