package witan.domain.proposal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;

/**
 * What a proposal says of the alerts that it is about. Version 1 of its content has the digests of
 * their raw texts; since a raw text is shown to few, version 2 has those of the normalised alerts,
 * which hold the raw digest too: nobody can reword title, rule, resource or techniques afterwards.
 */
public final class AlertDigests {
  private AlertDigests() {}

  /**
   * Those that a member's draft names (raw digests in every version), then those of the case.
   *
   * @param version of {@link ProposalContent}
   */
  public static List<Digest> of(
      int version, @Nullable Draft draft, List<Alert> alerts, ContentHasher hasher) {
    List<Digest> digests = new ArrayList<>(draft == null ? List.of() : draft.alertDigests());
    for (Alert alert : alerts) {
      digests.add(version < ProposalContent.VERSION ? alert.rawDigest() : hasher.alert(alert));
    }
    return List.copyOf(digests);
  }
}
