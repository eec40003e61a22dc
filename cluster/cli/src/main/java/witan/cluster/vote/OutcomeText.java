package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import witan.cluster.text.Clock;
import witan.cluster.text.Lines;
import witan.cluster.text.Sentences;
import witan.domain.proposal.ExecutionOutcome;

/** What came of a vote that is over. */
final class OutcomeText {
  private final JsonNode caseAnswer;
  private final Clock clock;
  private final Lines lines;

  OutcomeText(JsonNode caseAnswer, Clock clock, Lines lines) {
    this.caseAnswer = caseAnswer;
    this.clock = clock;
    this.lines = lines;
  }

  /**
   * The decision, and what followed.
   *
   * @param decided the decision in words
   */
  void tell(String decided) {
    lines.part("What came of it, as the council tells it");
    lines.field("decided", decided);
    JsonNode execution = caseAnswer.path("execution");
    if (execution.isObject()) {
      lines.field("execution", execution(execution));
    }
    for (JsonNode wait : caseAnswer.path("waits")) {
      lines.field(
          "waits for", wait.path("who").asText() + ": " + clock.in(wait.path("detail").asText()));
    }
    if (caseAnswer.path("closeReason").isTextual()) {
      lines.field("closed", Sentences.closed(caseAnswer.path("closeReason").asText()));
    }
  }

  private String execution(JsonNode execution) {
    JsonNode abort = execution.path("abort");
    String early =
        abort.isObject()
            ? "; ended early by "
                + abort.path("by").asText()
                + ": \""
                + abort.path("reason").asText()
                + "\""
            : "";
    if (!execution.path("outcome").isTextual()) {
      return "under way, by " + execution.path("adapter").asText() + early;
    }
    return Sentences.ended(
            ExecutionOutcome.valueOf(execution.path("outcome").asText().toUpperCase(Locale.ROOT)),
            execution.path("detail").asText(""))
        + early
        + " ("
        + clock.at(Instant.parse(execution.path("endedAt").asText()))
        + ")";
  }
}
