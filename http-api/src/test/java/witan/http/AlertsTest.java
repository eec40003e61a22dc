package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.api.IntakeOutcome;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.detection.Formats;
import witan.domain.detection.Normalised;
import witan.http.auth.Role;

class AlertsTest {
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";
  private static final String GOOD =
      "{\"rule\": \"Terminal shell\", \"priority\":\"Notice\","
          + "\"time\":\"2026-11-23T01:00:00.123456789Z\",\"output\":\"caf\u00e9\"}";
  private static final String METRICS =
      "{\"rule\":\"Falco internal: metrics snapshot\",\"priority\":\"Informational\","
          + "\"time\":\"2026-11-23T01:00:00Z\"}";

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Api.Reply post(String type, String body) {
    return api.post("/v1/alerts", type, body, Role.SENSOR);
  }

  private Alert alert(int i) {
    return ((Normalised.Finding) api.council.alerts.get(i)).alert();
  }

  @Test
  void oneAlertIsTakenUnderTheNameOfItsToken() {
    Api.Reply reply = post(JSON, GOOD).expect(202);
    JsonNode line = reply.json().path("alerts").path(0);
    assertEquals(1, line.path("line").asInt());
    assertEquals("opened", line.path("outcome").asText());
    assertEquals("c-1", line.path("caseId").asText());
    assertEquals("case|c-1", line.at("/receipt/pid").asText());
    assertEquals("LOGGED", line.at("/receipt/assurance/level").asText());
    assertEquals(FakeCouncil.NOTE, reply.json().path("checkpoint").asText());
    assertEquals("eve-1", alert(0).sensor());
    assertEquals("prod", alert(0).resource().cluster());
    assertEquals(FakeCouncil.NOW, alert(0).ingestedAt());
    assertEquals(List.of(GOOD), api.council.raws, "the alert as it was sent");
    assertEquals(new JcsContentHasher().text(GOOD), alert(0).rawDigest());
  }

  @Test
  void theIdempotencyKeyReplacesTheIdOfOneAlert() {
    api.post(
            "/v1/alerts",
            JSON,
            GOOD.getBytes(StandardCharsets.UTF_8),
            List.of("Idempotency-Key", "k-1"),
            Role.SENSOR)
        .expect(202);
    assertEquals("k-1", alert(0).alertId());
    api.post(
            "/v1/alerts",
            NDJSON,
            GOOD.getBytes(StandardCharsets.UTF_8),
            List.of("Idempotency-Key", "k-2"),
            Role.SENSOR)
        .expect(202);
    assertEquals(alert(1).rawDigest().hex(), alert(1).alertId(), "a batch keeps the alerts' ids");
  }

  private static final String TIME = "2026-11-30T17:00:00.000Z";

  private static String envelope(String alert) {
    return Json.mapper()
        .createObjectNode()
        .set(
            "signedAlert",
            Json.mapper()
                .createObjectNode()
                .put("alert", alert)
                .put("alertId", "s-1")
                .put("time", TIME)
                .put("key", "eve-1+0a1b2c3d+AQ")
                .put("signature", "c2ln"))
        .toString();
  }

  @Test
  void aSignedAlertIsTakenAsItsSensorWroteIt() {
    post(JSON, envelope(GOOD)).expect(202);
    post(NDJSON, GOOD + "\n" + envelope(GOOD) + "\n").expect(202);
    AlertSignature signed =
        new AlertSignature("eve-1+0a1b2c3d+AQ", Instant.parse(TIME), "c2ln", Formats.VERSION);
    assertEquals(
        List.of(Optional.of(signed), Optional.empty(), Optional.of(signed)), api.council.signed);
    assertEquals(List.of(GOOD, GOOD, GOOD), api.council.raws);
    assertEquals("s-1", alert(0).alertId());
    assertEquals(alert(0), alert(2));
    assertEquals(new JcsContentHasher().text(GOOD), alert(0).rawDigest());
  }

  @Test
  void anEnvelopeThatIsNoneIsRefused() {
    String good = envelope(GOOD);
    post(JSON, good.replace("\"key\"", "\"other\"")).expectProblem(400, "json_missing_field");
    post(JSON, good.replace("s-1", "s\\n1")).expectProblem(422, "alert_signature");
    post(JSON, good.replace("{\"signedAlert\"", "{\"a\":1,\"signedAlert\""))
        .expectProblem(422, "alert_signature");
    post(JSON, envelope("{")).expectProblem(400, "json_malformed");
    post(JSON, good.replace(TIME, "noon")).expectProblem(400, "json_bad_value");
    assertTrue(api.council.alerts.isEmpty());
  }

  @Test
  void oneBadAlertIsItsProblemAndNothingIsTaken() {
    post(JSON, "{").expectProblem(400, "json_malformed");
    post(JSON, "").expectProblem(400, "json_malformed");
    post(JSON, "\"text\"").expectProblem(422, "alert_not_an_object");
    post(JSON, "{\"hello\":1}").expectProblem(422, "alert_unknown_format");
    post(JSON, "{\"rule\":\"r\",\"priority\":\"Notice\"}")
        .expectProblem(422, "alert_missing_field");
    post(JSON, GOOD.replace("Notice", "Loud")).expectProblem(422, "alert_bad_priority");
    post(JSON, GOOD.replace("2026-11", "2026-77")).expectProblem(422, "alert_bad_time");
    post(JSON, "{\"rule\":1,\"rule\":1}").expectProblem(400, "json_duplicate_name");
    post(JSON, "{\"pad\":\"" + "x".repeat(1 << 16) + "\"}").expectProblem(413, "body_too_large");
    api.post("/v1/alerts?format=nosuch", JSON, GOOD, Role.SENSOR)
        .expectProblem(422, "alert_unknown_format");
    assertTrue(api.council.alerts.isEmpty());
  }

  @Test
  void aSensorMayBeHeldToItsFormats() {
    String token = Api.token(FakeCouncil.NOW.plusSeconds(9), Set.of("suricata"), Role.SENSOR);
    Api.send(
            api.request("/v1/alerts?format=falco")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", JSON)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(GOOD)))
        .expectProblem(403, "format_not_allowed");
    assertTrue(api.council.alerts.isEmpty());
  }

  @Test
  void ofABatchTheGoodLinesAreTakenAndTheBadOnesReported() {
    String body = GOOD + "\n\n{\"hello\":1}\r\n{oops\n" + METRICS + "\r\n";
    Api.Reply reply = post(NDJSON, body).expect(202);
    JsonNode json = reply.json();
    assertEquals(2, json.path("accepted").asInt());
    assertEquals(2, json.path("refused").asInt());
    List<String> seen = new ArrayList<>();
    for (JsonNode line : json.path("alerts")) {
      seen.add(
          line.path("line").asInt()
              + " "
              + line.path("outcome").asText()
              + " "
              + line.path("code").asText());
    }
    assertEquals(
        List.of(
            "1 opened ", "3 refused alert_unknown_format", "4 refused json_malformed", "5 opened "),
        seen);
    assertEquals(Set.of(GOOD, METRICS), new HashSet<>(api.council.raws));
    assertTrue(api.council.alerts.stream().anyMatch(a -> a instanceof Normalised.NotAFinding));
  }

  @Test
  void anArrayIsABatchOfItsElementsByteForByte() {
    Api.Reply reply = post(JSON, " [ " + GOOD + " , 17 ,\n" + METRICS + " ] ").expect(202);
    assertEquals(2, reply.json().path("accepted").asInt());
    assertEquals("alert_not_an_object", reply.json().at("/alerts/1/code").asText(), reply::text);
    assertEquals(Set.of(GOOD, METRICS), new HashSet<>(api.council.raws));
  }

  @Test
  void aBatchThatCannotBeReadIsRefusedWhole() {
    post(JSON, "[" + GOOD).expectProblem(400, "json_malformed");
    post(JSON, "[" + GOOD + "]]").expectProblem(400, "json_malformed");
    post(JSON, "[" + GOOD + " " + GOOD + "]").expectProblem(400, "json_malformed");
    post(JSON, "[]").expectProblem(400, "batch_empty");
    post(NDJSON, "\n \r\n").expectProblem(400, "batch_empty");
    post(JSON, "[" + "1,".repeat(1000) + "1]").expectProblem(413, "batch_too_long");
    assertTrue(api.council.alerts.isEmpty());
  }

  @Test
  void aBusyCouncilIs503SoThatNoCollectorTakesItForDone() {
    api.council.intake = (normalised, n) -> FakeCouncil.busy();
    assertEquals("2", post(JSON, GOOD).expectProblem(503, "busy").header("retry-after"));
    assertEquals(
        "2", post(NDJSON, GOOD + "\n" + METRICS).expectProblem(503, "busy").header("retry-after"));
    api.council.intake =
        (normalised, n) ->
            normalised instanceof Normalised.Finding
                ? FakeCouncil.busy()
                : FakeCouncil.done("a", IntakeOutcome.RECORDED, 1);
    Api.Reply mixed = post(NDJSON, GOOD + "\n" + METRICS).expectProblem(503, "busy");
    assertEquals("2", mixed.header("retry-after"));
    assertTrue(mixed.text().contains("1 of 2 alerts"), mixed::text);
    post(JSON, "[" + GOOD + "," + METRICS + "]").expectProblem(503, "busy");
    List<String> lines =
        api.post(
                "/v1/alerts",
                NDJSON,
                (GOOD + "\n" + METRICS).getBytes(StandardCharsets.UTF_8),
                List.of("Accept", NDJSON),
                Role.SENSOR)
            .expect(202)
            .text()
            .lines()
            .toList();
    assertTrue(lines.get(0).contains("\"busy\""), "who reads the outcomes sees which: " + lines);
    assertTrue(lines.get(1).contains("\"recorded\""), lines::toString);
  }

  @Test
  void whatTheCouncilRefusesIsAnsweredWithItsCode() {
    api.council.intake = (normalised, n) -> FakeCouncil.refused("case_full");
    post(JSON, GOOD).expectProblem(409, "case_full");
    assertEquals("case_full", post(NDJSON, GOOD).expect(202).json().at("/alerts/0/code").asText());
  }

  @Test
  void realEventsAreTakenOrRefusedWithAReason() throws IOException {
    Path events = corpus().resolve("falco/events.ndjson");
    assumeTrue(Files.exists(events), "SKIPPED: no corpus at " + events);
    byte[] body = Files.readAllBytes(events);
    Api.Reply reply = api.post("/v1/alerts", NDJSON, body, List.of(), Role.SENSOR).expect(202);
    long lines = new String(body, StandardCharsets.UTF_8).lines().filter(l -> !l.isBlank()).count();
    JsonNode json = reply.json();
    assertEquals(lines, json.path("alerts").size());
    assertEquals(lines, json.path("accepted").asInt() + json.path("refused").asInt());
    assertEquals(api.council.alerts.size(), json.path("accepted").asInt());
    assertTrue(json.path("accepted").asInt() > 0);
    for (JsonNode line : json.path("alerts")) {
      boolean refused = line.path("outcome").asText().equals("refused");
      assertEquals(refused, !line.path("code").asText().isEmpty(), line::toString);
    }
  }

  private static Path corpus() {
    String set = System.getProperty("witan.corpus");
    return set != null
        ? Path.of(set)
        : Path.of(System.getProperty("witan.root", "..")).resolve("../shared/corpus");
  }
}
