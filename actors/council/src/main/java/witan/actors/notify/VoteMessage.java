package witan.actors.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;
import witan.domain.governance.ResponseOption;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.Voting;

/**
 * What a voter is told: enough to decide whether to get up, and where to read the rest. Neither
 * accounts nor a sensor's free text, in which it may quote users and command lines.
 *
 * @param type {@code vote.opened}
 * @param timestamp when the vote opened
 */
record VoteMessage(String type, Instant timestamp, Data data) {
  private static final JcsContentHasher HASHER = new JcsContentHasher();

  /** The payload, in the envelope that Standard Webhooks proposes. */
  record Data(
      CaseId caseId,
      String member,
      ProposalKind kind,
      @Nullable String title,
      @Nullable Severity severity,
      List<Option> options,
      Digest proposalHash,
      Instant opensAt,
      Instant deadline,
      String proposal,
      String typedData,
      String votes) {
    Data {
      options = List.copyOf(options);
    }
  }

  /** What may be chosen. */
  record Option(int index, String title, int impact) {}

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
    Data data =
        new Data(
            caseId,
            member,
            voting.content().kind(),
            title(state),
            severity(state),
            options(voting),
            voting.proposalHash(),
            voting.opensAt(),
            voting.deadline(),
            proposal,
            proposal + "/typed-data",
            proposal + "/votes");
    return Json.canonical(new VoteMessage("vote.opened", voting.opensAt(), data));
  }

  private static @Nullable String title(CaseState state) {
    if (state.proposed() != null) {
      return state.proposed().signed().draft().title();
    }
    return state.alerts().isEmpty() ? null : state.alerts().get(0).rule();
  }

  private static @Nullable Severity severity(CaseState state) {
    return state.alerts().stream().map(Alert::severity).max(Severity::compareTo).orElse(null);
  }

  private static List<Option> options(Voting voting) {
    List<Option> options = new ArrayList<>();
    for (ResponseOption option : voting.content().options()) {
      options.add(new Option(options.size(), option.title(), option.impact()));
    }
    return options;
  }
}
