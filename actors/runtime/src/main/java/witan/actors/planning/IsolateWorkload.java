package witan.actors.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import witan.codec.json.Json;
import witan.codec.playbook.PlaybookDigest;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookParser;
import witan.domain.playbook.ResponsePlanner;
import witan.domain.proposal.CaseState;

/** Proposes one playbook, that isolates workloads, on the pods that a case is about. */
public final class IsolateWorkload implements OptionSource {
  private final Playbook playbook;
  private final byte[] unsigned;
  private final Digest digest;

  /** Throws {@link IllegalArgumentException} on a playbook that cannot be run. */
  public IsolateWorkload(JsonNode document) {
    Parsed parsed = PlaybookParser.parse(Json.toTree(document));
    if (!(parsed instanceof Parsed.Accepted accepted)) {
      throw new IllegalArgumentException("the playbook is refused: " + parsed);
    }
    ObjectNode body = document.deepCopy();
    body.remove("signatures");
    this.playbook = accepted.playbook();
    this.unsigned = Json.canonical(body);
    this.digest = PlaybookDigest.of(document);
  }

  @Override
  public List<Candidate> options(CaseState observed) {
    CaseId caseId = observed.caseId();
    if (caseId == null) {
      return List.of();
    }
    return options(caseId, observed.alerts());
  }

  /** On the pods of these alerts of the case. */
  public List<Candidate> options(CaseId caseId, List<Alert> alerts) {
    return ResponsePlanner.options(caseId, alerts, playbook, digest).stream()
        .map(option -> new Candidate(option, unsigned))
        .toList();
  }
}
