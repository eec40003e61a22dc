package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.detection.Alert;
import witan.domain.proposal.AlertDigests;
import witan.domain.proposal.Draft;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.SignedDraft;

/**
 * What a case is about.
 *
 * @param alerts those that the vote was opened with
 * @param later those that came since
 * @param proposed what a member opened the case with; null where an alert did
 * @param bound whether a ballot commits to what is said of the alerts: their digests were worked
 *     out again
 */
record Facts(List<Alert> alerts, List<Alert> later, @Nullable SignedDraft proposed, boolean bound) {
  private static final JcsContentHasher HASHER = new JcsContentHasher();

  /** Fails where an alert is not the one that the proposal names. */
  static Facts of(JsonNode answer, ProposalContent content) {
    List<Alert> all = new ArrayList<>();
    answer.path("alerts").forEach(alert -> all.add(Json.read(Alert.class, alert)));
    SignedDraft proposed =
        answer.path("proposed").isObject()
            ? Json.read(SignedDraft.class, answer.path("proposed"))
            : null;
    Draft draft = proposed == null ? null : proposed.draft();
    int named = content.alertDigests().size() - (draft == null ? 0 : draft.alertDigests().size());
    int then = Math.max(0, Math.min(named, all.size()));
    List<Alert> first = all.subList(0, then);
    // Where alerts were erased since, those that are left prove nothing.
    boolean whole = then == named;
    if (whole
        && !AlertDigests.of(content.v(), draft, first, HASHER).equals(content.alertDigests())) {
      throw Proposal.doNotSign("other alerts than those that its proposal names");
    }
    return new Facts(
        List.copyOf(first),
        List.copyOf(all.subList(then, all.size())),
        proposed,
        whole && content.bindsReadings());
  }
}
