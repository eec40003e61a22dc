package witan.cluster.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import witan.cluster.client.ApiClient;

/** One case, from alert to seal, through the HTTP API. */
final class DemoCase {
  private static final Duration STEP_LIMIT = Duration.ofMinutes(1);
  private static final Duration CHAIN_LIMIT = Duration.ofMinutes(2);
  private static final long LOOK_MS = 50;

  private final ApiClient api;
  private final DemoTokens tokens;
  private final DemoCouncil council;
  private final Act act;
  private String caseId = "";

  DemoCase(ApiClient api, DemoTokens tokens, DemoCouncil council, Act act) {
    this.api = api;
    this.tokens = tokens;
    this.council = council;
    this.act = act;
  }

  Latencies play(byte[] alert) throws IOException, InterruptedException {
    System.out.println(
        "\n== Assurance " + act.name().toLowerCase(Locale.ROOT) + ": " + act.meaning() + " ==");
    long from = logSize();
    try (Timeline timeline =
        new Timeline(council, Instant.now(), api.events(from, tokens.auditor()))) {
      postAlert(timeline, alert);
      Predicate<JsonNode> ofCase = event -> caseId.equals(event.path("case").asText());
      timeline.await("the opening of the vote", ofCase.and(type("VotingOpened")), STEP_LIMIT);
      Instant sent = Instant.EPOCH;
      Instant logged = Instant.EPOCH;
      for (String vote : act.votes()) {
        sent = Instant.now();
        cast(vote);
        logged = Instant.now();
      }
      JsonNode decision =
          timeline.await("the decision", ofCase.and(type("ProposalApproved")), STEP_LIMIT);
      Instant anchored = anchored(timeline, decision.get("index").longValue());
      JsonNode ended =
          timeline.await("the execution", ofCase.and(type("ExecutionEnded")), CHAIN_LIMIT);
      JsonNode sealed = timeline.await("the seal", ofCase.and(type("CaseSealed")), STEP_LIMIT);
      timeline.say("checkpoint            " + checkpoint().replace("\n", " | "));
      anchored(timeline, sealed.get("index").longValue());
      return new Latencies(
          act,
          Duration.between(sent, at(decision)),
          Duration.between(sent, logged),
          Duration.between(sent, anchored),
          Duration.between(sent, at(ended)),
          "REHEARSED".equals(ended.path("event").path("outcome").asText()));
    }
  }

  private void postAlert(Timeline timeline, byte[] alert) throws IOException, InterruptedException {
    timeline.say("posting the alert as Falco emits it (" + alert.length + " bytes)");
    JsonNode answer = api.post("/v1/alerts", tokens.sensor(act.cluster()), alert);
    JsonNode outcome = answer.path("alerts").path(0);
    if (outcome.path("caseId").isMissingNode() || outcome.path("caseId").isNull()) {
      throw new IllegalStateException(
          "the alert opens no case: "
              + answer
              + "; try one about a pod (k8s.ns.name, k8s.pod.name)");
    }
    caseId = outcome.get("caseId").textValue();
    timeline.say("alert " + outcome.path("outcome").asText() + " case " + caseId);
  }

  private void cast(String vote) throws IOException, InterruptedException {
    List<String> parts = List.of(vote.split(" ", 2));
    String member = parts.get(0);
    String support = parts.get(1).toLowerCase(Locale.ROOT);
    String token = tokens.voter(member);
    JsonNode toSign =
        api.get(
            "/v1/proposals/"
                + caseId
                + "/typed-data?voter="
                + council.address(member)
                + "&support="
                + support
                + ("for".equals(support) ? "&options=0" : ""),
            token);
    api.post("/v1/proposals/" + caseId + "/votes", token, council.ballot(member, toSign));
  }

  /** Waits until the chain covers that entry; says the transaction. */
  private Instant anchored(Timeline timeline, long index) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + CHAIN_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode status = api.get("/v1/anchors", tokens.auditor());
      if (status.get("anchoredSize").longValue() > index) {
        Instant now = Instant.now();
        JsonNode last = status.get("last");
        timeline.say(
            "anchored              entry #"
                + index
                + " by checkpoint of size "
                + last.path("size").asText()
                + ", root "
                + last.path("root").asText().substring(0, 12)
                + "..., transaction "
                + last.path("txHash").asText()
                + " in block "
                + last.path("blockNumber").asText());
        return now;
      }
      Thread.sleep(LOOK_MS);
    }
    throw new IllegalStateException(
        "entry " + index + " was not anchored within " + CHAIN_LIMIT.toSeconds() + " s");
  }

  Path exportBundle(Path folder) throws IOException, InterruptedException {
    byte[] bundle = api.getBytes("/v1/cases/" + caseId + "/bundle", tokens.auditor());
    Path file = folder.resolve(caseId + ".witan");
    Files.write(file, bundle);
    return file;
  }

  private long logSize() throws IOException, InterruptedException {
    return Long.parseLong(checkpoint().lines().skip(1).findFirst().orElse("0"));
  }

  /** The signed note: origin, size, root, signature. */
  private String checkpoint() throws IOException, InterruptedException {
    byte[] note = api.getBytes("/checkpoint", tokens.auditor());
    return new String(note, StandardCharsets.UTF_8).strip();
  }

  private static Predicate<JsonNode> type(String type) {
    return event -> type.equals(event.path("type").asText());
  }

  private static Instant at(JsonNode event) {
    return Instant.parse(event.get("at").textValue());
  }
}
