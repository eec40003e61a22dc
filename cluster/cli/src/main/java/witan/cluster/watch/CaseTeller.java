package witan.cluster.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import witan.answers.votes.ProposalAnswer;
import witan.cluster.text.Clock;
import witan.cluster.text.Lines;
import witan.cluster.text.Roll;
import witan.cluster.text.Sentences;
import witan.domain.common.Address;
import witan.domain.governance.Support;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Outcome;

/**
 * The events of a case in words, one after the other as they were logged: what was said of one may
 * explain the next. Pure but for that; not thread-safe.
 */
final class CaseTeller {
  /** Below what happened, not to be taken for it. */
  private static final String BELOW = " ".repeat(10);

  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");

  private final Supplier<Lines> paper;
  private final StepTeller steps;
  private final Set<Address> voted = new HashSet<>();
  private Lines lines;
  private Clock clock;
  private Roll roll = Roll.unknown();
  private @Nullable ProposalAnswer proposal;

  /**
   * Of one case.
   *
   * @param waiting whether a step waits for a person now: what waited once is history
   * @param paper empty lines
   */
  CaseTeller(String caseId, Instant now, Predicate<String> waiting, Supplier<Lines> paper) {
    this.paper = paper;
    this.lines = paper.get();
    this.clock = new Clock(now);
    this.steps = new StepTeller(caseId, waiting);
  }

  /** What is known of the vote by now. */
  void know(ProposalAnswer vote, Roll electors, Instant now) {
    this.proposal = vote;
    this.roll = electors;
    this.clock = new Clock(now);
  }

  private Sentences sentences() {
    return new Sentences(clock, roll);
  }

  private String told() {
    String text = lines.toString();
    lines = paper.get();
    return text;
  }

  /** Nothing of what a watcher need not see. */
  String event(JsonNode logged) {
    JsonNode e = logged.path("event");
    String type = logged.path("type").asText();
    Instant at = Instant.parse(logged.path("at").asText());
    if (logged.path("erased").asBoolean()) {
      say(at, type, "its content was erased");
    } else if (!vote(type, at, e)) {
      course(type, at, e);
    }
    return told();
  }

  /** False for what is not of the vote. */
  private boolean vote(String type, Instant at, JsonNode e) {
    switch (type) {
      case "AlertRecorded" -> say(at, "alert", alert(e.path("alert")));
      case "Proposed" ->
          say(
              at,
              "proposed",
              named(e.at("/signed/proposer").asText())
                  + " proposes \""
                  + e.at("/signed/draft/title").asText()
                  + "\"");
      case "VotingOpened" ->
          say(at, "voting opened", e.at("/policy/name").asText() + ", " + until(e));
      case "VoteCast" -> say(at, "vote", ballot(e));
      case "VotingExtended" ->
          say(at, "deadline moved", "the quorum was reached late: " + until(e));
      case "VotingConverted" ->
          say(at, "goes on", "its expedited bar was missed; under the normal policy " + until(e));
      case "ProposalApproved", "ProposalRejected", "ProposalExpired", "ProposalVetoed" ->
          decided(at, type);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void course(String type, Instant at, JsonNode e) {
    switch (type) {
      case "ExecutionPaused" ->
          say(
              at,
              "PAUSED",
              "%s by %s: %s".formatted(until(e), e.path("by").asText(), e.path("reason").asText()));
      case "ExecutionResumed" -> say(at, "resumed", "by " + e.path("by").asText());
      case "AbortRequested" ->
          say(
              at,
              "ABORTED",
              "by %s, %s: %s"
                  .formatted(
                      named(e.path("by").asText()),
                      e.path("undo").asBoolean() ? "to be taken back" : "left as it is",
                      e.path("reason").asText()));
      case "ExecutionEnded" -> say(at, "execution ended", ended(e));
      case "CaseClosed" -> say(at, "closed", Sentences.closed(e.path("reason").asText()));
      case "NoteAdded" -> say(at, "note", e.path("by").asText() + ": " + e.path("text").asText());
      default -> steps.of(type, e, clock).ifPresent(step -> step(at, step));
    }
  }

  private void step(Instant at, StepTeller.Told step) {
    say(at, step.what(), named(step.detail()));
    if (!step.hint().isEmpty()) {
      lines.hang(BELOW, step.hint());
    }
  }

  private void say(Instant at, String what, String detail) {
    lines.hang("%s  %-15s ".formatted(Clock.clock(at), what), detail);
  }

  private static String alert(JsonNode alert) {
    return "%s \"%s\" from %s"
        .formatted(
            alert.path("severity").asText(),
            alert.path("rule").asText(),
            alert.path("sensor").asText());
  }

  private String until(JsonNode e) {
    Instant end = Instant.parse(e.path(e.has("until") ? "until" : "deadline").asText());
    return "until " + clock.at(end);
  }

  private String ballot(JsonNode e) {
    JsonNode ballot = e.at("/signed/ballot");
    Address voter = new Address(ballot.path("voter").asText());
    voted.add(voter);
    return sentences()
            .ballot(
                Support.valueOf(ballot.path("support").asText()),
                voter,
                e.path("organisation").asText(),
                power(e.path("weight")),
                power(e.path("delegatedWeight")),
                voted)
        + (e.path("ordinal").asInt(1) > 1 ? ", in place of an earlier ballot" : "")
        + (e.path("counted").asBoolean() ? "" : ", after the decision: it changes nothing");
  }

  private static BigInteger power(JsonNode number) {
    return new BigInteger(number.asText("0"));
  }

  private void decided(Instant at, String type) {
    Outcome outcome = proposal == null ? null : proposal.outcome();
    String phase = type.substring("Proposal".length()).toUpperCase(Locale.ROOT);
    say(
        at,
        phase,
        proposal == null || outcome == null ? "" : sentences().reason(proposal, outcome));
  }

  private String ended(JsonNode e) {
    return named(
        Sentences.ended(
            ExecutionOutcome.valueOf(e.path("outcome").asText()), e.path("detail").asText()));
  }

  /** With the names of those whose addresses are in it. */
  private String named(String text) {
    return ADDRESS
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(roll.name(new Address(found.group()))));
  }

  /** Where the vote stands. */
  String tally(ProposalAnswer vote) {
    lines.hang(BELOW, Sentences.tally(vote.tally()));
    if (vote.outcome() == null) {
      lines.hang(BELOW, sentences().standing(vote));
    }
    return told();
  }

  /** A reason to wait. */
  String waits(JsonNode wait) {
    lines.hang(
        BELOW,
        "waits for %s: %s (since %s)"
            .formatted(
                wait.path("who").asText(),
                clock.in(wait.path("detail").asText()),
                clock.at(Instant.parse(wait.path("since").asText()))));
    return told();
  }
}
