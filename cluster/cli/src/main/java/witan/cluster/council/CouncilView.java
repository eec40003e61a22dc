package witan.cluster.council;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.registry.Charter;
import witan.domain.registry.Guardians;
import witan.domain.registry.Seat;

/**
 * A council as it is shown: as its charter would have it, or as it is now.
 *
 * @param table null where severity alone chooses the policy
 */
record CouncilView(
    String councilId,
    String name,
    Eip712Domain domain,
    List<Seat> seats,
    List<Policy> policies,
    @Nullable PolicyTable table,
    Guardians guardians) {
  CouncilView {
    seats = List.copyOf(seats);
    policies = List.copyOf(policies);
  }

  static CouncilView of(Charter charter) {
    return new CouncilView(
        charter.councilId(),
        charter.name(),
        charter.domain(),
        charter.seats(),
        charter.policies(),
        charter.table(),
        charter.guardians());
  }

  /** Whether some incident is decided by that policy. */
  boolean uses(Policy policy) {
    return table == null
        || table.rows().stream()
            .anyMatch(
                row -> row.policy().equals(policy.name()) || policy.name().equals(row.normal()));
  }
}
