package witan.load.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import witan.load.drive.Observation;

/** What was acknowledged is in the log once, there where the receipt says. */
final class AckChecks {
  /** Refusals that a late ballot may meet; every other one is a mistake of somebody. */
  private static final Set<String> LATE = Set.of("case_closed", "voting_closed");

  private AckChecks() {}

  static Verdict votes(World world) {
    Verdict.Builder verdict = new Verdict.Builder("acknowledged votes");
    Map<String, Integer> logged = new HashMap<>();
    for (Entry entry : world.entries()) {
      if (entry.type().equals("VoteCast")) {
        logged.merge(entry.value().path("ballotDigest").asText(), 1, Integer::sum);
      }
    }
    Set<String> ballots = new HashSet<>();
    List<Observation.VoteAck> acks = world.seen(Observation.VoteAck.class);
    for (Observation.VoteAck ack : acks) {
      ballots.add(ack.ballotDigest());
      String what = "ballot " + ack.ballotDigest().substring(0, 12) + " of " + ack.caseId();
      int times = logged.getOrDefault(ack.ballotDigest(), 0);
      verdict.require(times > 0, what + " was acknowledged and is not in the log");
      verdict.require(times < 2, what + " is in the log " + times + " times");
      Entry entry = at(world, ack.index());
      verdict.require(
          entry != null
              && entry.type().equals("VoteCast")
              && entry.pid().equals(ack.pid())
              && entry.pid().equals("case|" + ack.caseId())
              && entry.seq() == ack.seq()
              && entry.actor().equals(ack.voter())
              && entry.value().path("ballotDigest").asText().equals(ack.ballotDigest()),
          what + " was acknowledged as " + ack.pid() + "/" + ack.seq() + ", there is " + entry);
    }
    return verdict.done(acks.size() + " receipts of " + ballots.size() + " ballots");
  }

  static Verdict alerts(World world) {
    Verdict.Builder verdict = new Verdict.Builder("acknowledged alerts");
    Map<String, Integer> logged = new HashMap<>();
    for (Entry entry : world.entries()) {
      if (entry.type().equals("AlertRecorded")) {
        logged.merge(entry.value().path("alert").path("alertId").asText(), 1, Integer::sum);
      }
    }
    Map<String, String> caseOf = new LinkedHashMap<>();
    List<Observation.AlertAck> acks = world.seen(Observation.AlertAck.class);
    for (Observation.AlertAck ack : acks) {
      String what = "alert " + ack.alertId();
      int times = logged.getOrDefault(ack.alertId(), 0);
      verdict.require(times > 0, what + " was acknowledged and is not in the log");
      verdict.require(times < 2, what + " is in the log " + times + " times");
      Entry entry = at(world, ack.index());
      verdict.require(
          entry != null
              && entry.type().equals("AlertRecorded")
              && entry.pid().equals(ack.pid())
              && entry.seq() == ack.seq()
              && entry.value().path("alert").path("alertId").asText().equals(ack.alertId()),
          what + " was acknowledged as " + ack.pid() + "/" + ack.seq() + ", there is " + entry);
      String before = caseOf.putIfAbsent(ack.alertId(), ack.caseId());
      verdict.require(
          before == null || before.equals(ack.caseId()),
          what + " is of case " + before + " and of " + ack.caseId());
    }
    return verdict.done(acks.size() + " receipts of " + caseOf.size() + " alerts");
  }

  /** In cases of this run there is no ballot that was never sent; logged ones were not refused. */
  static Verdict ballots(World world) {
    Verdict.Builder verdict = new Verdict.Builder("no other ballots");
    Set<String> sent = new HashSet<>();
    for (Observation.Attempt attempt : world.seen(Observation.Attempt.class)) {
      sent.add(attempt.ballotDigest());
    }
    Set<String> own = world.ownCases();
    long votes = 0;
    for (Entry entry : world.entries()) {
      if (entry.type().equals("VoteCast") && own.contains(entry.json().path("case").asText())) {
        votes++;
        String digest = entry.value().path("ballotDigest").asText();
        verdict.require(sent.contains(digest), entry + " was never sent");
      }
    }
    return verdict.done(votes + " votes logged, " + sent.size() + " sent");
  }

  /** Nobody was told no who did nothing wrong, nor whose ballot is in the log. */
  static Verdict refusals(World world) {
    Verdict.Builder verdict = new Verdict.Builder("refusals");
    Map<String, Entry> logged = new HashMap<>();
    for (Entry entry : world.entries()) {
      if (entry.type().equals("VoteCast")) {
        logged.put("vote of " + entry.actor() + entry.pid(), entry);
      }
    }
    List<Observation.Refused> refusals = world.seen(Observation.Refused.class);
    for (Observation.Refused refused : refusals) {
      verdict.require(
          LATE.contains(refused.code()),
          refused.what()
              + " in "
              + refused.caseId()
              + " was refused after "
              + refused.attempts()
              + " attempts: "
              + refused.status()
              + " "
              + refused.code());
      // A voter has one ballot in a case: a retry of a logged one is answered like the first.
      Entry entry = logged.get(refused.what() + "case|" + refused.caseId());
      verdict.require(
          entry == null, refused.what() + " was refused: " + refused.code() + ", and is " + entry);
    }
    return verdict.done(refusals.size() + " (late ballots)");
  }

  /** Outages end: whoever asks long enough is answered. */
  static Verdict answers(World world) {
    Verdict.Builder verdict = new Verdict.Builder("answers");
    for (Observation.GaveUp gaveUp : world.seen(Observation.GaveUp.class)) {
      verdict.violation(gaveUp.what() + " in " + gaveUp.caseId() + " got none: " + gaveUp.detail());
    }
    return verdict.done("every request had one in the end");
  }

  private static @org.jspecify.annotations.Nullable Entry at(World world, long index) {
    return index >= 0 && index < world.entries().size() ? world.entries().get((int) index) : null;
  }
}
