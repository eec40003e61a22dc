package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A proposal in words: what may be done, to what, what is missing for each outcome. */
final class ProposalText {
  private static final String LINE = "  %-12s %s%n";

  private ProposalText() {}

  static String of(Proposal proposal, Instant now) {
    JsonNode json = proposal.json();
    StringBuilder text = new StringBuilder();
    text.append(String.format("Case %s, %s%n", json.path("caseId").asText(), state(json, now)));
    List<JsonNode> options = proposal.options();
    for (int i = 0; i < options.size(); i++) {
      option(text, i, options.get(i));
      radius(text, proposal.radius(i), proposal.rehearsed());
    }
    if (proposal.governed()) {
      text.append(String.format("Change of the council: %s%n", json.at("/content/change")));
    } else {
      text.append(String.format("Option %d: no action%n", options.size()));
    }
    JsonNode tally = json.path("tally");
    text.append(String.format("The vote%n"));
    text.append(
        String.format(
            LINE,
            "so far",
            "for %s, against %s, abstain %s, not voted %s, of %s"
                .formatted(
                    tally.path("for").asText(),
                    tally.path("against").asText(),
                    tally.path("abstain").asText(),
                    tally.path("remaining").asText(),
                    tally.path("total").asText())));
    text.append(String.format(LINE, "policy", policy(json)));
    fraction(text, "quorum", tally.path("quorum"));
    fraction(text, "support", tally.path("support"));
    JsonNode missing = tally.path("missing");
    need(text, "to approve", missing.path("settledApproval"), "FOR");
    need(text, "to reject", missing.path("settledRejection"), "AGAINST");
    return text.toString();
  }

  private static String policy(JsonNode json) {
    String name = json.at("/policy/name").asText();
    String normal = json.at("/normalPolicy/name").asText();
    if (normal.isEmpty()) {
      return name;
    }
    return json.path("converted").asBoolean()
        ? normal + ", since the expedited bar of " + name + " was missed"
        : name + ", expedited; if its bar is missed the vote goes on under " + normal;
  }

  private static String state(JsonNode json, Instant now) {
    String phase = json.path("phase").asText();
    if (!"VOTING".equals(phase)) {
      return phase.toLowerCase(Locale.ROOT);
    }
    return "open for " + left(Instant.parse(json.path("deadline").asText()), now);
  }

  /** Minutes and seconds until then; {@code 0:00} when it is past. */
  static String left(Instant deadline, Instant now) {
    long seconds = Math.max(0, Duration.between(now, deadline).toSeconds());
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }

  private static void option(StringBuilder text, int index, JsonNode option) {
    text.append(String.format("Option %d: %s%n", index, option.path("title").asText()));
    text.append(String.format(LINE, "impact", option.path("impact").asText() + " of 100"));
    List<String> targets = new ArrayList<>();
    for (JsonNode target : option.path("targets")) {
      targets.add(
          target.path("kind").asText()
              + " "
              + (target.path("namespace").isTextual()
                  ? target.path("namespace").asText() + "/"
                  : "")
              + target.path("name").asText()
              + " in "
              + target.path("cluster").asText());
    }
    text.append(String.format(LINE, "acts on", String.join(", ", targets)));
    option
        .path("parameters")
        .fields()
        .forEachRemaining(
            one -> text.append(String.format(LINE, one.getKey(), one.getValue().asText())));
    text.append(String.format(LINE, "playbook", option.path("playbookDigest").asText()));
  }

  private static void radius(StringBuilder text, JsonNode radius, boolean rehearsed) {
    if (radius.isMissingNode()) {
      text.append(String.format(LINE, "touches", "not known: nobody has tried it"));
      return;
    }
    text.append(
        String.format(
            LINE,
            "touches",
            "%s pods, %d objects in %s%s%s"
                .formatted(
                    radius.path("pods").asText(),
                    radius.path("objects").size(),
                    texts(radius.path("namespaces")),
                    rehearsed ? "; rehearsed: no cluster was asked" : "",
                    radius.path("complete").asBoolean() ? "" : "; not everything is known")));
    for (String field : List.of("budgets", "refusals")) {
      for (JsonNode one : radius.path(field)) {
        text.append(
            String.format(LINE, field.equals("budgets") ? "budget" : "against", one.asText()));
      }
    }
  }

  private static String texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts.isEmpty() ? "no namespace" : String.join(", ", texts);
  }

  private static void fraction(StringBuilder text, String name, JsonNode fraction) {
    text.append(
        String.format(
            LINE,
            name,
            "%s of %s, %s basis points needed: %s"
                .formatted(
                    fraction.path("numerator").asText(),
                    fraction.path("denominator").asText(),
                    fraction.path("requiredBps").asText(),
                    fraction.path("reached").asBoolean() ? "reached" : "not reached")));
  }

  private static void need(StringBuilder text, String name, JsonNode need, String support) {
    text.append(
        String.format(
            LINE,
            name,
            need.path("reachable").asBoolean()
                ? need.path("power").asText() + " more " + support + " settle it"
                : "not possible any more"));
  }
}
