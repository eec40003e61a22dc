package witan.load.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recounts one case from its logged votes, event by event: what follows from a vote must follow at
 * once, and nothing else may decide. Violations go to the verdict.
 */
final class CaseRecount {
  private static final Set<String> DECISIONS =
      Set.of("ProposalApproved", "ProposalRejected", "ProposalExpired");

  private final Verdict.Builder verdict;
  private final Map<String, BigInteger> weights;
  private final Set<String> voted = new HashSet<>();
  private @Nullable Rule rule;
  private List<Integer> impacts = List.of();
  private BigInteger[] approvals = {};
  private Duration extension = Duration.ZERO;
  private Instant deadline = Instant.MAX;
  private boolean extended;
  private Rule.Sums sums =
      new Rule.Sums(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
  private @Nullable String due;
  private @Nullable Entry decision;

  CaseRecount(Verdict.Builder verdict, Map<String, BigInteger> weights) {
    this.verdict = verdict;
    this.weights = weights;
  }

  /** The decision, if one was taken. */
  Optional<Entry> decision() {
    return Optional.ofNullable(decision);
  }

  Rule.Sums sums() {
    return sums;
  }

  void check(List<Entry> events) {
    for (Entry entry : events) {
      take(entry);
    }
    if (due != null) {
      verdict.violation(
          events.get(events.size() - 1) + " had to be followed by " + due + " at once");
    }
  }

  private void take(Entry entry) {
    String expected = due;
    due = null;
    if (expected != null && !entry.type().equals(expected)) {
      verdict.violation(entry + " stands where " + expected + " had to follow");
      return;
    }
    if (DECISIONS.contains(entry.type())) {
      decide(entry, expected != null);
      return;
    }
    switch (entry.type()) {
      case "VotingOpened" -> open(entry);
      case "VoteCast" -> vote(entry);
      case "VotingExtended" -> {
        verdict.require(expected != null && !extended, entry + " extends without a reason");
        Instant until = Instant.parse(entry.value().path("deadline").asText());
        verdict.require(
            until.equals(Instant.parse(entry.at()).plus(extension)), entry + " extends wrongly");
        deadline = until;
        extended = true;
      }
      default -> {
        boolean late = Set.of("ExecutionStarted", "CaseClosed").contains(entry.type());
        verdict.require(!late || decision != null, entry + " comes before a decision");
      }
    }
  }

  private void open(Entry entry) {
    verdict.require(rule == null, entry + " opens the vote again");
    JsonNode value = entry.value();
    rule = Rule.of(value.path("policy"));
    extension = Duration.parse(value.path("policy").path("lateQuorumExtension").asText());
    deadline = Instant.parse(value.path("deadline").asText());
    List<Integer> list = new ArrayList<>();
    value.path("content").path("options").forEach(o -> list.add(o.path("impact").asInt()));
    list.add(0); // no action, after the options
    impacts = List.copyOf(list);
    approvals = new BigInteger[impacts.size()];
    Arrays.fill(approvals, BigInteger.ZERO);
    BigInteger total = weights.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    verdict.require(
        total.toString().equals(value.path("total").asText()), entry + " has another total");
    sums = new Rule.Sums(total, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
  }

  private void vote(Entry entry) {
    Rule by = rule;
    JsonNode value = entry.value();
    JsonNode ballot = value.path("signed").path("ballot");
    String voter = ballot.path("voter").asText();
    BigInteger weight = weights.get(voter);
    if (by == null || weight == null) {
      verdict.violation(entry + " is before the vote, or by nobody's seat");
      return;
    }
    verdict.require(entry.actor().equals(voter), entry + " is under another name");
    verdict.require(voted.add(voter), entry + ": " + voter + " voted twice");
    verdict.require(
        weight.toString().equals(value.path("weight").asText()), entry + " has another weight");
    verdict.require(
        Instant.parse(entry.at()).isBefore(deadline), entry + " came after the deadline");
    verdict.require(
        value.path("counted").asBoolean() == (decision == null),
        entry + ": exactly the votes before the decision count");
    if (decision != null) {
      return;
    }
    boolean quorumBefore = by.quorum(sums);
    sums = sums.plus(ballot.path("support").asText(), weight);
    BigInteger mask = new BigInteger(ballot.path("optionMask").asText());
    for (int i = 0; i < approvals.length; i++) {
      if (mask.testBit(i)) {
        approvals[i] = approvals[i].add(weight);
      }
    }
    Instant later = Instant.parse(entry.at()).plus(extension);
    if (by.settledAccept(sums) && winnerSettled()) {
      due = "ProposalApproved";
    } else if (by.settledReject(sums)) {
      due = "ProposalRejected";
    } else if (!extended && !quorumBefore && by.quorum(sums) && later.isAfter(deadline)) {
      due = "VotingExtended";
    }
  }

  private void decide(Entry entry, boolean settled) {
    Rule by = rule;
    if (by == null || decision != null) {
      verdict.violation(entry + (by == null ? " decides no vote" : " decides again"));
      return;
    }
    decision = entry;
    if (!settled) {
      verdict.require(
          !Instant.parse(entry.at()).isBefore(deadline),
          entry + ": the vote was neither settled nor over");
      String right =
          by.pass(sums)
              ? "ProposalApproved"
              : by.quorum(sums) ? "ProposalRejected" : "ProposalExpired";
      verdict.require(entry.type().equals(right), entry + " had to be " + right);
    }
    JsonNode value = entry.value();
    verdict.require(sums.same(value.path("tally")), entry + " has another tally than " + sums);
    verdict.require(
        entry.type().equals("ProposalExpired") || value.path("settled").asBoolean() == settled,
        entry + " says wrongly whether it was settled");
    verdict.require(
        !entry.type().equals("ProposalApproved") || value.path("option").asInt() == winner(),
        entry + " had to choose option " + winner());
  }

  private int winner() {
    int best = 0;
    for (int i = 1; i < approvals.length; i++) {
      int order = approvals[i].compareTo(approvals[best]);
      if (order > 0 || (order == 0 && impacts.get(i) < impacts.get(best))) {
        best = i;
      }
    }
    return best;
  }

  private boolean winnerSettled() {
    int best = winner();
    for (int i = 0; i < approvals.length; i++) {
      if (i != best && approvals[best].subtract(approvals[i]).compareTo(sums.rest()) <= 0) {
        return false;
      }
    }
    return true;
  }
}
