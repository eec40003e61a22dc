package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.cluster.client.ApiClient;
import witan.codec.json.Json;
import witan.codec.playbook.PlaybookDigest;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.planning.ExecutionPlan;
import witan.domain.planning.PlannedStep;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookParser;

/** What the options do, worked out from the playbooks that they name by their digests. */
final class Responses {
  private final ApiClient api;
  private final String token;
  private final Map<Digest, Playbook> known = new HashMap<>();

  Responses(ApiClient api, String token) {
    this.api = api;
    this.token = token;
  }

  /**
   * An option with its steps.
   *
   * @param steps in the order in which they run, one for each target
   * @param problem why there are none to show; empty where there are
   */
  record Response(ResponseOption option, List<PlannedStep> steps, String problem) {
    Response {
      steps = List.copyOf(steps);
    }
  }

  /** Fails where a document is not the one that its digest names. */
  Response of(ResponseOption option) throws IOException, InterruptedException {
    Optional<Playbook> playbook = read(option.playbookDigest(), Playbook.MAX_DEPTH);
    if (playbook.isEmpty()) {
      return new Response(
          option, List.of(), "not known: the catalogue does not show this playbook");
    }
    return ExecutionPlan.of(playbook.get(), option, known) instanceof ExecutionPlan.Planned planned
        ? new Response(option, List.copyOf(planned.workflow().steps().values()), "")
        : new Response(
            option, List.of(), "nothing: this option does not fit its playbook, and is refused");
  }

  private Optional<Playbook> read(Digest digest, int depth)
      throws IOException, InterruptedException {
    Playbook before = known.get(digest);
    if (before != null) {
      return Optional.of(before);
    }
    Optional<JsonNode> document = api.find("/v1/playbook-documents/" + digest, token);
    if (document.isEmpty() || depth == 0) {
      return Optional.empty();
    }
    if (!PlaybookDigest.of(document.get()).equals(digest)) {
      throw Proposal.doNotSign("another playbook than the one that an option names");
    }
    if (!(PlaybookParser.parse(Json.toTree(document.get())) instanceof Parsed.Accepted parsed)) {
      return Optional.empty();
    }
    known.put(digest, parsed.playbook());
    for (Digest called : parsed.playbook().calls()) {
      read(called, depth - 1);
    }
    return Optional.of(parsed.playbook());
  }
}
