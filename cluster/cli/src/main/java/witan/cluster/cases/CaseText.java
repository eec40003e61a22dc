package witan.cluster.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A case for a person; pure. Not thread-safe. */
final class CaseText {
  private static final int MOST_ALERTS = 10;
  private static final int MOST_RELATED = 5;

  /** What close reasons mean where the code alone does not say it. */
  private static final Map<String, String> CLOSED =
      Map.of(
          "no_response_option", "nobody proposed anything",
          "no_action", "the council decided that nothing is done",
          "drifted", "its targets changed too much; it is voted on again");

  private final JsonNode all;
  private final JsonNode details;
  private final Instant now;
  private final List<String> lines = new ArrayList<>();

  /**
   * What the council said.
   *
   * @param all its answers: case, related, notes; proposal and execution where there are
   */
  CaseText(JsonNode all, Instant now) {
    this.all = all;
    this.details = all.path("case");
    this.now = now;
  }

  /** Of at most 80 columns, but for words that are longer. */
  List<String> lines() {
    head();
    alerts();
    waits();
    vote();
    execution();
    links();
    if (!all.at("/notes/items").isEmpty()) {
      lines.add("Notes");
      all.at("/notes/items").forEach(note -> lines.addAll(note(2, note)));
    }
    proof();
    return lines;
  }

  private void head() {
    String title =
        details.at("/proposed/draft/title").asText(details.at("/alerts/0/title").asText());
    lines.addAll(Lines.wrapped(0, "Case " + details.path("caseId").asText() + ": " + title));
    String opened = details.at("/events/0/at").asText();
    String closed = details.path("closeReason").asText("");
    add(
        2,
        "phase %s%s; opened %s%s"
            .formatted(
                details.path("phase").asText().toLowerCase(Locale.ROOT),
                closed.isEmpty() ? "" : ": " + closed(closed),
                Lines.time(opened),
                opened.isEmpty() ? "" : ", " + Lines.age(Instant.parse(opened), now) + " ago"));
    Assignment.of(all.path("notes")).ifPresent(name -> add(2, "assigned to " + name));
  }

  private static String closed(String reason) {
    String words = CLOSED.get(reason);
    return words == null ? reason : reason + ", " + words;
  }

  private void alerts() {
    JsonNode alerts = details.path("alerts");
    if (alerts.isEmpty()) {
      return;
    }
    lines.add(
        "What happened: "
            + alerts.size()
            + (alerts.size() == 1 ? " alert" : " alerts")
            + (alerts.size() > MOST_ALERTS ? ", the first " + MOST_ALERTS : ""));
    for (int i = 0; i < Math.min(alerts.size(), MOST_ALERTS); i++) {
      JsonNode alert = alerts.get(i);
      add(
          2,
          Lines.time(alert.path("at").asText())
              + " "
              + alert.path("severity").asText()
              + " from "
              + alert.path("sensor").asText()
              + " ("
              + alert.path("format").asText()
              + ")");
      add(4, alert.path("title").asText());
      add(4, resource(alert.path("resource")));
    }
  }

  private static String resource(JsonNode resource) {
    String namespace = resource.path("namespace").asText("");
    return "on "
        + resource.path("kind").asText().toLowerCase(Locale.ROOT).replace('_', ' ')
        + " "
        + (namespace.isEmpty() || namespace.equals("null") ? "" : namespace + "/")
        + resource.path("name").asText()
        + " of cluster "
        + resource.path("cluster").asText();
  }

  private void waits() {
    if (details.path("waits").isEmpty()) {
      return;
    }
    lines.add("Waits for");
    for (JsonNode wait : details.path("waits")) {
      add(
          2,
          "%s: %s (%s, since %s)"
              .formatted(
                  wait.path("who").asText(),
                  wait.path("detail").asText(),
                  wait.path("code").asText(),
                  Lines.time(wait.path("since").asText())));
    }
  }

  private void vote() {
    JsonNode proposal = all.path("proposal");
    if (proposal.isMissingNode()) {
      lines.add("Vote: none");
      return;
    }
    lines.add(
        "Vote, by policy "
            + proposal.at("/policy/name").asText()
            + ", until "
            + Lines.time(proposal.path("deadline").asText()));
    JsonNode tally = proposal.path("tally");
    String total = tally.path("total").asText();
    for (JsonNode option : proposal.path("options")) {
      boolean none = option.path("noAction").asBoolean();
      add(
          2,
          "option %s: %s, %s for it"
              .formatted(
                  option.path("index").asText(),
                  none ? "no action" : option.at("/option/title").asText("as proposed"),
                  Lines.percent(option.path("approvedBy").asText(), total)));
    }
    add(
        2,
        "for %s, against %s, abstained %s; quorum %s"
            .formatted(
                Lines.percent(tally.path("for").asText(), total),
                Lines.percent(tally.path("against").asText(), total),
                Lines.percent(tally.path("abstain").asText(), total),
                tally.at("/quorum/reached").asBoolean() ? "reached" : "not reached"));
    JsonNode outcome = details.path("outcome");
    if (outcome.isObject()) {
      int option = outcome.path("option").asInt();
      add(
          2,
          outcome.path("phase").asText()
              + (option < 0 ? "" : ", option " + option)
              + ", decided "
              + Lines.time(outcome.path("at").asText()));
    }
  }

  private void execution() {
    JsonNode execution = all.path("execution");
    if (execution.isMissingNode()) {
      lines.add("Executed: nothing");
      return;
    }
    lines.add(
        "Executed by "
            + execution.path("adapter").asText()
            + (execution.path("rehearsed").asBoolean() ? ", nothing was sent anywhere" : "")
            + ": "
            + execution.path("outcome").asText("under way").replace("null", "under way"));
    for (JsonNode step : execution.path("steps")) {
      String detail = step.at("/observation/detail").asText("");
      add(
          2,
          step.path("step").asText()
              + ": "
              + step.path("state").asText()
              + (detail.isEmpty() ? "" : ", " + detail));
    }
  }

  private void links() {
    link("follows", "takes up case %s again");
    link("next", "is voted on again in case %s");
    int shown = 0;
    for (JsonNode other : all.at("/related/related")) {
      if (shown++ < MOST_RELATED) {
        List<String> by = new ArrayList<>();
        other.path("by").forEach(one -> by.add(one.asText().toLowerCase(Locale.ROOT)));
        add(0, "Related: case " + other.path("caseId").asText() + " by " + String.join(", ", by));
      }
    }
  }

  private void link(String field, String words) {
    if (details.path(field).isTextual()) {
      add(0, "This case " + words.formatted(details.path(field).asText()));
    }
  }

  private void proof() {
    JsonNode assurance = details.path("assurance");
    add(
        0,
        "Proof: %s; %s entries, the last one has index %s in the log"
            .formatted(
                assurance.path("level").asText().equals("ANCHORED")
                    ? "anchored on the chain"
                    : "logged under a signed checkpoint",
                details.path("seq").asText(),
                details.path("index").asText()));
  }

  private void add(int indent, String text) {
    lines.addAll(Lines.wrapped(indent, text));
  }

  /** A note, or what was found of an unknown step. */
  static List<String> note(int indent, JsonNode note) {
    JsonNode event = note.path("event");
    String what =
        note.path("erased").asBoolean()
            ? "its content was erased"
            : note.path("type").asText().equals("StepResolved")
                ? "step "
                    + event.path("step").asText()
                    + (event.path("did").asBoolean() ? " was done " : " was not done ")
                    + event.path("note").asText()
                : event.path("text").asText();
    return Lines.wrapped(
        indent,
        Lines.time(note.path("at").asText())
            + " by "
            + Lines.cut(event.path("by").asText("nobody known"), 20)
            + ": "
            + what);
  }
}
