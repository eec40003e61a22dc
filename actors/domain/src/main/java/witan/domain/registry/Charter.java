package witan.domain.registry;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.detection.Severity;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;

/**
 * What the founders agree on and sign (EIP-712 {@code Founding(bytes32 charterHash,address
 * founder)}); its digest is the root of trust for weights.
 *
 * @param councilId 1 to 64 of {@code a-z 0-9 -}
 * @param seats no address and no handle twice, none empty
 * @param policies no name twice; one of them is for every severity
 * @param table which of them an incident is decided by; null where its severity alone chooses
 * @param guardians of the seats, those who may stop an incident's proposal
 */
public record Charter(
    String councilId,
    String name,
    Eip712Domain domain,
    List<Seat> seats,
    List<Policy> policies,
    @Nullable PolicyTable table,
    Guardians guardians) {
  public Charter {
    seats = List.copyOf(seats);
    policies = List.copyOf(policies);
  }

  /** Without guardians. */
  public Charter(
      String councilId,
      String name,
      Eip712Domain domain,
      List<Seat> seats,
      List<Policy> policies,
      @Nullable PolicyTable table) {
    this(councilId, name, domain, seats, policies, table, Guardians.NONE);
  }

  /** Without a table and guardians. */
  public Charter(
      String councilId, String name, Eip712Domain domain, List<Seat> seats, List<Policy> policies) {
    this(councilId, name, domain, seats, policies, null);
  }

  /** The policy with the highest floor that this severity reaches; of several, the first. */
  public Optional<Policy> policyFor(Severity gravest) {
    return policyFor(policies, gravest);
  }

  static Optional<Policy> policyFor(List<Policy> policies, Severity gravest) {
    return policies.stream()
        .filter(policy -> policy.minimumSeverity().compareTo(gravest) <= 0)
        .reduce((a, b) -> b.minimumSeverity().compareTo(a.minimumSeverity()) > 0 ? b : a);
  }
}
