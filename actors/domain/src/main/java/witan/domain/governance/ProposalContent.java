package witan.domain.governance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;

/**
 * Everything a ballot commits to; {@code proposalHash} = SHA-256 over its RFC 8785 JSON.
 *
 * @param v 1
 * @param alertDigests raw digests of the alerts known when voting opened, in case order
 * @param blastRadius digest of the dry run, or null where none was made
 */
public record ProposalContent(
    int v,
    CaseId caseId,
    List<Digest> alertDigests,
    List<ResponseOption> options,
    @Nullable Digest blastRadius,
    Digest policyDigest,
    Digest snapshotDigest) {
  public ProposalContent {
    alertDigests = List.copyOf(alertDigests);
    options = List.copyOf(options);
  }
}
