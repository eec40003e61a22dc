package witan.domain.registry;

import java.util.List;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Policy;

/**
 * What the founders agree on and sign (EIP-712 {@code Founding(bytes32 charterHash,address
 * founder)}); its digest is the root of trust for weights.
 *
 * @param councilId 1 to 64 of {@code a-z 0-9 -}
 * @param seats no address and no handle twice, none empty
 * @param policies no name twice; the first is the default
 */
public record Charter(
    String councilId, String name, Eip712Domain domain, List<Seat> seats, List<Policy> policies) {
  public Charter {
    seats = List.copyOf(seats);
    policies = List.copyOf(policies);
  }
}
