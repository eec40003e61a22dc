package witan.load.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decisions and executions. */
final class CaseChecks {
  /** Fail-over included. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private CaseChecks() {}

  /** Each case is decided at most once, as a recount says, and the API shows the same. */
  static Verdict decisions(World world) {
    Verdict.Builder verdict = new Verdict.Builder("decisions");
    Map<String, BigInteger> weights = world.weights();
    long decided = 0;
    Map<String, List<Entry>> cases = world.cases();
    for (Map.Entry<String, List<Entry>> one : cases.entrySet()) {
      CaseRecount recount = new CaseRecount(verdict, weights);
      recount.check(one.getValue());
      decided += recount.decision().isPresent() ? 1 : 0;
      JsonNode shown = world.proposals().get(one.getKey());
      if (shown != null) {
        compare(verdict, one.getKey(), one.getValue(), recount, shown);
      }
    }
    return verdict.done(
        decided
            + " of "
            + cases.size()
            + " cases decided, "
            + world.proposals().size()
            + " compared with the API");
  }

  private static void compare(
      Verdict.Builder verdict,
      String caseId,
      List<Entry> events,
      CaseRecount recount,
      JsonNode shown) {
    if (shown.path("seq").asLong() != events.size()) {
      // It went on while it was read; the next check of it will tell.
      return;
    }
    JsonNode tally = shown.path("tally");
    Rule.Sums sums = recount.sums();
    verdict.require(
        tally.path("for").asText().equals(sums.f().toString())
            && tally.path("against").asText().equals(sums.a().toString())
            && tally.path("abstain").asText().equals(sums.b().toString()),
        caseId + ": the API shows another tally than " + sums);
    JsonNode outcome = shown.path("outcome");
    Optional<Entry> decision = recount.decision();
    String expected =
        decision
            .map(d -> d.type().substring("Proposal".length()).toUpperCase(Locale.ROOT))
            .orElse("");
    verdict.require(
        outcome.path("phase").asText().equals(expected)
            && (decision.isEmpty() || outcome.path("seq").asLong() == decision.get().seq()),
        caseId + ": the API shows " + outcome + ", the log " + decision);
    Set<String> digests = new HashSet<>();
    shown.path("votes").forEach(vote -> digests.add(vote.path("ballotDigest").asText()));
    shown.at("/late/votes").forEach(vote -> digests.add(vote.path("ballotDigest").asText()));
    Set<String> logged = new HashSet<>();
    events.stream()
        .filter(e -> e.type().equals("VoteCast"))
        .forEach(e -> logged.add(e.value().path("ballotDigest").asText()));
    verdict.require(digests.equals(logged), caseId + ": the API shows other votes than the log");
  }

  /** A step is announced before it is observed, and is done once. */
  static Verdict steps(World world) {
    Verdict.Builder verdict = new Verdict.Builder("steps");
    long done = 0;
    for (List<Entry> events : world.cases().values()) {
      done += steps(verdict, events);
    }
    return verdict.done(done + " steps done or rehearsed");
  }

  private static long steps(Verdict.Builder verdict, List<Entry> events) {
    Map<String, Entry> open = new HashMap<>();
    Set<String> observed = new HashSet<>();
    Set<String> done = new HashSet<>();
    Set<String> once = new HashSet<>();
    boolean approved = false;
    for (Entry entry : events) {
      String step = entry.value().path("step").asText();
      String attempt = step + " attempt " + entry.value().path("attempt").asInt();
      switch (entry.type()) {
        case "ProposalApproved" -> approved = true;
        case "StepIntended" -> {
          verdict.require(approved, entry + " comes before an approval");
          verdict.require(
              open.put(attempt, entry) == null && !observed.contains(attempt),
              entry + " announces " + attempt + " again");
          verdict.require(!done.contains(step), entry + " repeats a step that was done");
        }
        case "StepObserved" -> {
          verdict.require(open.remove(attempt) != null, entry + " was not announced");
          verdict.require(observed.add(attempt), entry + " observes " + attempt + " again");
          if (Set.of("DONE", "REHEARSED").contains(entry.value().path("outcome").asText())) {
            verdict.require(done.add(step), entry + " was done twice");
          }
        }
        case "ExecutionStarted",
            "AbortRequested",
            "ExecutionEnded",
            "CaseClosed",
            "CaseSealed",
            "CaseOpened" ->
            verdict.require(once.add(entry.type()), entry + " comes again");
        default -> {
          // Votes and alerts are looked at elsewhere.
        }
      }
    }
    return done.size();
  }

  /**
   * Every case of this run got its vote, every vote its decision in time, every approval its end.
   */
  static Verdict ended(World world) {
    Verdict.Builder verdict = new Verdict.Builder("nothing stuck");
    Set<String> own = world.ownCases();
    long ended = 0;
    long open = 0;
    for (Map.Entry<String, List<Entry>> one : world.cases().entrySet()) {
      if (!own.contains(one.getKey())) {
        continue;
      }
      List<Entry> events = one.getValue();
      Entry last = events.get(events.size() - 1);
      Set<String> types = new HashSet<>();
      events.forEach(entry -> types.add(entry.type()));
      if (types.contains("CaseSealed")) {
        ended++;
      } else if (types.contains("ProposalApproved")) {
        verdict.violation(one.getKey() + " was approved and stands at " + last);
      } else {
        // Without a decision, or rejected: ballots that do not count come until the deadline.
        open++;
        verdict.require(
            Instant.ofEpochMilli(world.readAt()).isBefore(due(events).plus(GRACE)),
            one.getKey() + " is late: it stands at " + last + " of " + last.at());
      }
    }
    return verdict.done(ended + " cases of this run ended, " + open + " still open");
  }

  /** When the next event is due at the latest: the opening of the vote, or its deadline. */
  private static Instant due(List<Entry> events) {
    Instant due = Instant.parse(events.get(0).at());
    for (Entry entry : events) {
      if (Set.of("VotingOpened", "VotingExtended").contains(entry.type())) {
        due = Instant.parse(entry.value().path("deadline").asText());
      }
    }
    return due;
  }
}
