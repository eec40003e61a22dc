package witan.actors.notify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.common.CaseId;
import witan.domain.detection.Alert;
import witan.domain.governance.ResponseOption;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Voting;

/**
 * What a voter is told: enough to decide whether to get up, and where to read the rest. Neither
 * accounts nor a sensor's free text, in which it may quote users and command lines.
 */
final class VoteMessage {
  private static final JcsContentHasher HASHER = new JcsContentHasher();

  private VoteMessage() {}

  /** The same for each attempt, on every node: by it a receiver knows a repeat. */
  static String id(CaseId caseId, String member) {
    return "msg_" + HASHER.text("vote opened|" + caseId + "|" + member).hex().substring(0, 32);
  }

  /**
   * Canonical JSON.
   *
   * @param baseUrl before the paths of the API; may be empty
   */
  static byte[] json(CaseId caseId, CaseState state, Voting voting, String member, String baseUrl) {
    String proposal = baseUrl + "/v1/proposals/" + caseId;
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("caseId", caseId);
    data.put("member", member);
    data.put("kind", voting.content().kind().name());
    data.put("title", title(state));
    data.put("severity", severity(state));
    data.put("options", options(voting));
    data.put("proposalHash", voting.proposalHash());
    data.put("opensAt", Json.format(voting.opensAt()));
    data.put("deadline", Json.format(voting.deadline()));
    data.put("proposal", proposal);
    data.put("typedData", proposal + "/typed-data");
    data.put("votes", proposal + "/votes");
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("type", "vote.opened");
    message.put("timestamp", Json.format(voting.opensAt()));
    message.put("data", data);
    return Json.canonical(message);
  }

  private static @Nullable String title(CaseState state) {
    if (state.proposed() != null) {
      return state.proposed().signed().draft().title();
    }
    return state.alerts().isEmpty() ? null : state.alerts().get(0).rule();
  }

  private static @Nullable String severity(CaseState state) {
    return state.alerts().stream()
        .map(Alert::severity)
        .max(Enum::compareTo)
        .map(Enum::name)
        .orElse(null);
  }

  private static List<Map<String, Object>> options(Voting voting) {
    List<Map<String, Object>> options = new ArrayList<>();
    for (ResponseOption option : voting.content().options()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("index", options.size());
      json.put("title", option.title());
      json.put("impact", option.impact());
      options.add(json);
    }
    return options;
  }
}
