package witan.domain.proposal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.detection.Severity;
import witan.domain.governance.Gravity;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Urgency;
import witan.domain.registry.RegistryChange;

/**
 * What a member proposes by hand. Its digest, SHA-256 over its RFC 8785 JSON, is what is signed.
 *
 * @param title for voters; 1 to 200 characters
 * @param alertDigests raw digests of logged alerts that an INCIDENT is about, at least one; empty
 *     for the other kinds
 * @param options of an INCIDENT, at least one; empty for the other kinds
 * @param change of the other kinds; null for an INCIDENT
 */
public record Draft(
    String councilId,
    ProposalKind kind,
    String title,
    List<Digest> alertDigests,
    List<ResponseOption> options,
    @Nullable RegistryChange change) {
  public Draft {
    alertDigests = List.copyOf(alertDigests);
    options = List.copyOf(options);
  }

  /**
   * Routine: it names alerts by their digests, so that nobody but the proposer could say how grave
   * they are, and a proposer does not choose the bar. A change of the registry has the highest
   * impact there is.
   */
  public Gravity gravity() {
    int impact = kind == ProposalKind.INCIDENT ? Gravity.impact(options) : PolicyTable.MAX_IMPACT;
    return new Gravity(Urgency.ROUTINE, impact, Severity.UNKNOWN);
  }
}
