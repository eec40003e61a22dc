package witan.domain.governance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;

/**
 * Everything a ballot commits to. The implicit option <em>no action</em> has the index after the
 * last of {@code options}; {@code proposalHash} = SHA-256 over its RFC 8785 JSON.
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
  /** The impact of no action: it wins ties. */
  static final int NO_IMPACT = 0;

  public ProposalContent {
    alertDigests = List.copyOf(alertDigests);
    options = List.copyOf(options);
  }

  /** How many things a ballot may approve: the options, and after them no action. */
  public int choices() {
    return options.size() + 1;
  }

  /** Whether the winner is the implicit option: to decide that nothing is done. */
  public boolean noAction(int option) {
    return option == options.size();
  }
}
