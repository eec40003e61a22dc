package witan.cluster.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An event of a case in one line for a person; pure. */
final class CaseLine {
  private CaseLine() {}

  /** Empty for what a watcher need not see. */
  static Optional<String> of(JsonNode logged) {
    String time = logged.path("at").asText().replaceFirst("^.*T([0-9:]{8}).*$", "$1");
    return text(logged).map(text -> time + "  " + text);
  }

  private static Optional<String> text(JsonNode logged) {
    JsonNode e = logged.path("event");
    String type = logged.path("type").asText();
    if (logged.path("erased").asBoolean()) {
      return Optional.of(line(type, "its content was erased"));
    }
    return switch (type) {
      case "AlertRecorded" ->
          Optional.of(
              line(
                  "alert",
                  e.at("/alert/severity").asText()
                      + " \""
                      + e.at("/alert/rule").asText()
                      + "\" from "
                      + e.at("/alert/sensor").asText()));
      case "Proposed" -> Optional.of(line("proposed", e.at("/signed/draft/title").asText()));
      case "VotingOpened" ->
          Optional.of(
              line(
                  "voting opened",
                  e.at("/policy/name").asText() + ", until " + e.path("deadline").asText()));
      case "VoteCast" ->
          Optional.of(
              line(
                  "vote",
                  e.at("/signed/ballot/support").asText()
                      + " by "
                      + e.path("organisation").asText()
                      + ", weight "
                      + e.path("weight").asText()
                      + (e.path("counted").asBoolean() ? "" : ", after the decision")));
      case "VotingExtended", "VotingConverted" ->
          Optional.of(line("deadline moved", "to " + e.path("deadline").asText()));
      case "ProposalApproved" ->
          Optional.of(line("APPROVED", "option " + e.path("option").asText()));
      case "ProposalRejected", "ProposalExpired" ->
          Optional.of(line(type.substring("Proposal".length()).toUpperCase(Locale.ROOT), ""));
      case "ExecutionStarted", "StepIntended", "StepObserved", "AbortRequested", "ExecutionEnded" ->
          Optional.of(execution(type, logged.path("case").asText(), e));
      case "ExecutionPaused" ->
          Optional.of(
              line(
                  "PAUSED",
                  "until "
                      + e.path("until").asText()
                      + " by "
                      + e.path("by").asText()
                      + ": "
                      + e.path("reason").asText()));
      case "ExecutionResumed" -> Optional.of(line("resumed", "by " + e.path("by").asText()));
      case "CaseClosed" -> Optional.of(line("closed", e.path("reason").asText()));
      case "NoteAdded" ->
          Optional.of(line("note", e.path("by").asText() + ": " + e.path("text").asText()));
      default -> Optional.empty();
    };
  }

  private static String execution(String type, String caseId, JsonNode e) {
    return switch (type) {
      case "ExecutionStarted" ->
          line(
              "execution",
              e.path("steps").size()
                  + " steps by "
                  + e.path("adapter").asText()
                  + (e.path("adapter").asText().equals("rehearsal")
                      ? ": nothing is sent to any cluster"
                      : ""));
      case "StepIntended" -> intended(caseId, e);
      case "StepObserved" ->
          line(
              "  " + e.path("outcome").asText(),
              e.path("step").asText() + ": " + e.path("detail").asText());
      case "AbortRequested" ->
          line(
              "ABORTED",
              "by "
                  + e.path("by").asText()
                  + (e.path("undo").asBoolean() ? ", to be taken back: " : ", as it is: ")
                  + e.path("reason").asText());
      default ->
          line(
              "execution ended",
              e.path("outcome").asText()
                  + (e.path("detail").asText().isEmpty() ? "" : ": " + e.path("detail").asText()));
    };
  }

  private static String intended(String caseId, JsonNode e) {
    String what =
        e.path("step").asText()
            + ": "
            + e.path("action").asText()
            + " on "
            + target(e.path("target"))
            + ", until "
            + e.path("deadline").asText();
    if (!e.path("action").asText().equals("manual")) {
      return line("  step", what);
    }
    return line("  WAITS", what)
        + System.lineSeparator()
        + "          a member says: ./witan vote confirm "
        + caseId
        + " '"
        + e.path("step").asText()
        + "' --key-file FILE --reason TEXT [--not-done]";
  }

  private static String target(JsonNode target) {
    List<String> parts = new ArrayList<>();
    for (String part : List.of("cluster", "namespace", "name")) {
      if (target.path(part).isTextual() && !target.path(part).asText().isEmpty()) {
        parts.add(target.path(part).asText());
      }
    }
    return target.path("kind").asText() + " " + String.join("/", parts);
  }

  /** A reason to wait. */
  static String waits(JsonNode wait) {
    return "          waits for %s: %s (%s since %s)"
        .formatted(
            wait.path("who").asText(),
            wait.path("detail").asText(),
            wait.path("code").asText(),
            wait.path("since").asText());
  }

  /** The count and what is missing, from the proposal. */
  static String tally(JsonNode proposal) {
    JsonNode tally = proposal.path("tally");
    JsonNode quorum = tally.path("quorum");
    return "          for %s, against %s, abstain %s of %s; quorum %s"
        .formatted(
            tally.path("for").asText(),
            tally.path("against").asText(),
            tally.path("abstain").asText(),
            tally.path("total").asText(),
            quorum.path("reached").asBoolean()
                ? "reached"
                : "lacks " + tally.at("/missing/quorum").asText());
  }

  private static String line(String what, String detail) {
    return "%-15s %s".formatted(what, detail).stripTrailing();
  }
}
