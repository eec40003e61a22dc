package witan.cluster.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** One logged event as a line for a person. */
final class EventLine {
  private EventLine() {}

  static Optional<String> of(JsonNode logged, DemoCouncil council) {
    JsonNode event = logged.path("event");
    return switch (logged.path("type").asText()) {
      case "CouncilFounded" -> Optional.of(founded(event));
      case "CaseOpened" -> Optional.of("case opened           " + event.path("caseId").asText());
      case "AlertRecorded" -> Optional.of(alert(event.path("alert")));
      case "VotingOpened" -> Optional.of(opened(event));
      case "VoteCast" -> Optional.of(vote(event, council));
      case "VotingExtended" ->
          Optional.of("voting extended       until " + event.path("deadline").asText());
      case "ProposalApproved", "ProposalRejected", "ProposalExpired" ->
          Optional.of(decided(logged.path("type").asText(), event));
      case "ExecutionStarted" ->
          Optional.of("execution started     adapter " + event.path("adapter").asText());
      case "StepIntended" ->
          Optional.of(
              "step intended         "
                  + event.path("action").asText()
                  + " on "
                  + target(event.path("target")));
      case "StepObserved" ->
          Optional.of(
              "step observed         "
                  + event.path("outcome").asText()
                  + ": "
                  + event.path("detail").asText());
      case "ExecutionEnded" ->
          Optional.of("execution ended       " + event.path("outcome").asText());
      case "CaseClosed" -> Optional.of("case closed           " + event.path("reason").asText());
      case "CaseSealed" ->
          Optional.of("case sealed           " + event.path("lastSeq").asText() + " entries");
      default -> Optional.empty();
    };
  }

  private static String founded(JsonNode event) {
    return "council founded       "
        + event.path("charter").path("seats").size()
        + " members, charter "
        + shortened(event.path("charterHash"));
  }

  private static String alert(JsonNode alert) {
    return "alert                 "
        + alert.path("severity").asText()
        + " \""
        + alert.path("rule").asText()
        + "\" from "
        + alert.path("sensor").asText()
        + ", techniques "
        + alert.path("techniques");
  }

  private static String opened(JsonNode event) {
    JsonNode policy = event.path("policy");
    StringBuilder text =
        new StringBuilder("voting opened         proposal ")
            .append(shortened(event.path("proposalHash")))
            .append(", policy ")
            .append(policy.path("name").asText())
            .append(" (quorum ")
            .append(policy.path("quorumBps").asInt() / 100)
            .append(" %, support ")
            .append(policy.path("supportBps").asInt() / 100)
            .append(" %, window ")
            .append(policy.path("window").asText())
            .append(", assurance ")
            .append(policy.path("assurance").asText())
            .append("), T = ")
            .append(event.path("total").asText());
    int index = 0;
    for (JsonNode option : event.path("content").path("options")) {
      text.append("\n                            option ")
          .append(index++)
          .append(": ")
          .append(option.path("title").asText())
          .append(", impact ")
          .append(option.path("impact").asText());
      for (JsonNode target : option.path("targets")) {
        text.append(", ").append(target(target));
      }
    }
    return text.append("\n                            or no action").toString();
  }

  private static String vote(JsonNode event, DemoCouncil council) {
    JsonNode ballot = event.path("signed").path("ballot");
    String voter = ballot.path("voter").asText();
    String name = council.name(voter);
    return String.format(
        "vote                  %-5s %-8s weight %s  (%s, %s)%s",
        name,
        ballot.path("support").asText(),
        event.path("weight").asText(),
        name.equals(voter) ? "" : council.organisation(name),
        voter.substring(0, 10),
        event.path("counted").asBoolean() ? "" : "  not counted: decided already");
  }

  private static String decided(String type, JsonNode event) {
    JsonNode tally = event.path("tally");
    return "DECIDED               "
        + type.substring("Proposal".length()).toLowerCase(java.util.Locale.ROOT)
        + ": for "
        + tally.path("forPower").asText()
        + ", against "
        + tally.path("againstPower").asText()
        + ", abstain "
        + tally.path("abstainPower").asText()
        + " of "
        + tally.path("total").asText()
        + (event.path("settled").asBoolean()
            ? "; settled early: nothing could change it"
            : "; at the deadline");
  }

  private static String target(JsonNode target) {
    return target.path("kind").asText()
        + " "
        + target.path("cluster").asText()
        + "/"
        + target.path("namespace").asText()
        + "/"
        + target.path("name").asText();
  }

  private static String shortened(JsonNode digest) {
    return digest.asText().substring(0, 12) + "...";
  }
}
