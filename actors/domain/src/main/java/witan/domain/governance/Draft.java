package witan.domain.governance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.proposal.ProposalKind;
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
}
