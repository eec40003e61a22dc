package witan.load.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import witan.load.client.LoadClient;

/** Sends alerts and ballots and writes down every answer. Thread-safe. */
public final class Recorder {
  public final LongAdder votes = new LongAdder();
  public final LongAdder alerts = new LongAdder();
  public final LongAdder refused = new LongAdder();
  public final LongAdder gaveUp = new LongAdder();
  public final LongAdder retried = new LongAdder();

  private final LoadClient api;
  private final History history;

  public Recorder(LoadClient api, History history) {
    this.api = api;
    this.history = history;
  }

  /** Posts the alert; the id of its case when it was acknowledged. */
  public Optional<String> alert(String id, byte[] body) throws InterruptedException {
    LoadClient.Answer answer;
    try {
      answer = api.post("/v1/alerts", body, null);
    } catch (LoadClient.GaveUpException e) {
      gaveUp.increment();
      history.add(new Observation.GaveUp(now(), "alert " + id, "", String.valueOf(e.getMessage())));
      return Optional.empty();
    }
    countRetries(answer);
    JsonNode line = answer.json().path("alerts").path(0);
    JsonNode receipt = line.path("receipt");
    if (!answer.accepted() || receipt.isMissingNode()) {
      refuse("alert " + id, "", answer);
      return Optional.empty();
    }
    alerts.increment();
    history.add(
        new Observation.AlertAck(
            now(),
            id,
            line.path("outcome").asText(),
            line.path("caseId").asText(),
            receipt.path("pid").asText(),
            receipt.path("seq").asLong(),
            receipt.path("index").asLong(),
            answer.json().path("checkpoint").asText(),
            answer.attempts(),
            answer.millis()));
    return Optional.of(line.path("caseId").asText());
  }

  /** As {@link Ballots#of}; that an acknowledged case is not shown is written down as a refusal. */
  public Ballots ballots(String caseId, Council.Voter anybody, Duration limit)
      throws IOException, InterruptedException {
    try {
      return Ballots.of(api, caseId, anybody, limit);
    } catch (Ballots.UnreadException e) {
      refuse("reading an acknowledged case", caseId, e.answer());
      throw e;
    }
  }

  /** Casts the ballot; the milliseconds it took when it was acknowledged. */
  public Optional<Long> vote(Ballots.Signed ballot) throws InterruptedException {
    history.add(
        new Observation.Attempt(
            now(),
            ballot.caseId(),
            ballot.voter(),
            ballot.support(),
            ballot.optionMask(),
            ballot.digest()));
    String what = "vote of " + ballot.voter();
    LoadClient.Answer answer;
    try {
      answer = api.post(ballot.path(), ballot.body(), ballot.digest());
    } catch (LoadClient.GaveUpException e) {
      gaveUp.increment();
      history.add(
          new Observation.GaveUp(now(), what, ballot.caseId(), String.valueOf(e.getMessage())));
      return Optional.empty();
    }
    countRetries(answer);
    if (!answer.accepted()) {
      refuse(what, ballot.caseId(), answer);
      return Optional.empty();
    }
    votes.increment();
    JsonNode receipt = answer.json();
    history.add(
        new Observation.VoteAck(
            now(),
            ballot.caseId(),
            ballot.voter(),
            ballot.digest(),
            receipt.path("pid").asText(),
            receipt.path("seq").asLong(),
            receipt.path("index").asLong(),
            receipt.path("repeated").asBoolean(),
            receipt.path("checkpoint").asText(),
            answer.attempts(),
            answer.millis()));
    return Optional.of(answer.millis());
  }

  private void countRetries(LoadClient.Answer answer) {
    if (answer.attempts() > 1) {
      retried.increment();
    }
  }

  private void refuse(String what, String caseId, LoadClient.Answer answer) {
    refused.increment();
    JsonNode json = answer.json();
    String code = json.path("code").asText();
    if (code.isEmpty()) {
      code = json.path("alerts").path(0).path("code").asText();
    }
    history.add(
        new Observation.Refused(now(), what, caseId, answer.status(), code, answer.attempts()));
  }

  static long now() {
    return System.currentTimeMillis();
  }
}
