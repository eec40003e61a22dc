package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.domain.detection.Alert;
import witan.domain.detection.Normalised;
import witan.http.auth.Principal;
import witan.http.auth.Role;
import witan.http.auth.TokenIssuer;

/** Streams, packed bodies, CloudEvents, and how much a sensor may send. */
class AlertStreamTest {
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";
  private static final String GOOD =
      "{\"rule\":\"Terminal shell\",\"priority\":\"Notice\",\"time\":\"2026-11-23T01:00:00Z\"}";

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Api.Reply post(String type, byte[] body, String... headers) {
    return api.post("/v1/alerts", type, body, List.of(headers), Role.SENSOR);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }

  private Alert alert(int i) {
    return ((Normalised.Finding) api.council.alerts.get(i)).alert();
  }

  /** Lines made while they are read: the client holds none of them, and does not say how many. */
  private static final class Lines extends InputStream {
    private final byte[] line = bytes(GOOD + "\n");
    private long left;

    Lines(int count) {
      left = (long) count * line.length;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      int i = 0;
      for (int b = 0; i < length && (b = read()) >= 0; i++) {
        into[from + i] = (byte) b;
      }
      return i == 0 ? -1 : i;
    }

    @Override
    public int read() {
      return left == 0 ? -1 : line[(int) ((line.length - left-- % line.length) % line.length)];
    }
  }

  @Test
  void linesMayBeAsManyAsTheyLike() {
    int count = 15_000; // 1.3 MB: more than any body that is read whole
    Api.Reply reply =
        Api.send(
            Api.as(api.request("/v1/alerts"), Role.SENSOR)
                .header("Content-Type", NDJSON)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new Lines(count))));
    JsonNode json = reply.expect(202).json();
    assertEquals(count, json.path("accepted").asInt(), () -> json.toString().substring(0, 300));
    assertEquals(0, json.path("refused").asInt());
    assertEquals(count, json.at("/outcomes/opened").asInt());
    assertEquals(1_000, json.path("alerts").size());
    assertEquals(count - 1_000, json.path("omitted").asInt());
    assertEquals(count, api.council.alerts.size());
  }

  @Test
  void aRefusalPastTheListedLinesIsStillReported() {
    String body = (GOOD + "\n").repeat(1_200) + "{oops\n" + GOOD;
    JsonNode json = post(NDJSON, bytes(body)).expect(202).json();
    assertEquals(1_201, json.path("accepted").asInt());
    JsonNode last = json.path("alerts").path(json.path("alerts").size() - 1);
    assertEquals(1_201, last.path("line").asInt());
    assertEquals("json_malformed", last.path("code").asText());
  }

  @Test
  void aLineThatIsTooLongSpoilsNoOther() {
    String body = GOOD + "\n{\"pad\":\"" + "x".repeat(300_000) + "\"}\r\n" + GOOD + "\r\n";
    JsonNode json = post(NDJSON, bytes(body)).expect(202).json();
    assertEquals(2, json.path("accepted").asInt());
    assertEquals("body_too_large", json.at("/alerts/1/code").asText());
    assertEquals(3, json.at("/alerts/2/line").asInt());
    assertEquals(List.of(GOOD, GOOD), api.council.raws);
  }

  @Test
  void whoAcceptsLinesGetsTheOutcomeOfEachAndThenTheCounts() throws IOException {
    Api.Reply reply =
        post(NDJSON, bytes(GOOD + "\n\n{oops\n" + GOOD), "Accept", NDJSON).expect(202);
    assertTrue(reply.header("content-type").startsWith(NDJSON), reply.header("content-type"));
    List<JsonNode> lines = new ArrayList<>();
    for (String line : reply.text().lines().toList()) {
      lines.add(Api.JSON.readTree(line));
    }
    assertEquals(4, lines.size(), reply::text);
    assertEquals("opened", lines.get(0).path("outcome").asText());
    assertEquals(3, lines.get(1).path("line").asInt());
    assertEquals("json_malformed", lines.get(1).path("code").asText());
    assertEquals(4, lines.get(2).path("line").asInt());
    assertEquals(2, lines.get(3).path("accepted").asInt());
    assertEquals(1, lines.get(3).path("refused").asInt());
    assertEquals(FakeCouncil.NOTE, lines.get(3).path("checkpoint").asText());
  }

  @Test
  void bodiesMayBePacked() {
    post(JSON + "; charset=utf-8", gzip(bytes(GOOD)), "Content-Encoding", "gzip").expect(202);
    JsonNode json =
        post(NDJSON, gzip(bytes((GOOD + "\n").repeat(300))), "Content-Encoding", "gzip")
            .expect(202)
            .json();
    assertEquals(300, json.path("accepted").asInt());
    post(JSON, bytes(GOOD), "Content-Encoding", "gzip").expectProblem(400, "body_not_gzip");
    post(JSON, gzip(new byte[3 << 20]), "Content-Encoding", "gzip")
        .expectProblem(413, "body_too_large");
    post(JSON, bytes(GOOD), "Content-Encoding", "br").expectProblem(415, "unsupported_encoding");
    assertEquals(301, api.council.alerts.size());
  }

  @Test
  void ofABrokenStreamTheLinesBeforeTheBreakAreTaken() {
    byte[] packed = gzip(bytes((GOOD + "\n").repeat(3_000)));
    packed[packed.length / 2] ^= 0x55;
    Api.Reply reply = post(NDJSON, packed, "Content-Encoding", "gzip").expect(202);
    JsonNode json = reply.json();
    assertEquals(api.council.alerts.size(), json.path("accepted").asInt());
    assertTrue(json.path("refused").asInt() > 0, reply::text);
  }

  @Test
  void cloudEventsInAllThreeModes() {
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"//falco\",\"type\":\"falco.rule\","
            + "\"data\":"
            + GOOD
            + "}";
    post("application/cloudevents+json", bytes(event)).expect(202);
    assertEquals("//falco#e-1", alert(0).alertId());
    post("application/cloudevents-batch+json", bytes("[" + event + "]")).expect(202);
    assertEquals("//falco#e-1", alert(1).alertId());
    post(
            JSON,
            bytes(GOOD),
            "ce-specversion",
            "1.0",
            "ce-id",
            "e%202",
            "ce-source",
            "//falco",
            "ce-type",
            "falco.rule")
        .expect(202);
    assertEquals("//falco#e 2", alert(2).alertId());
    assertEquals("falco", alert(2).format());
    post("application/cloudevents+json", bytes(GOOD)).expectProblem(422, "cloudevent_invalid");
    post(JSON, bytes(GOOD), "ce-specversion", "1.0").expectProblem(422, "cloudevent_invalid");
    post(
            JSON,
            bytes("{oops"),
            "ce-specversion",
            "1.0",
            "ce-id",
            "1",
            "ce-source",
            "s",
            "ce-type",
            "t")
        .expectProblem(400, "json_malformed");
  }

  @Test
  void aSensorThatSendsTooMuchIsToldWhenToComeBackAndCounted() {
    try (Api slow = new Api(Api.settings(2, 3))) {
      byte[] alert = bytes(GOOD);
      for (int i = 0; i < 3; i++) {
        slow.post("/v1/alerts", JSON, alert, List.of(), Role.SENSOR).expect(202);
      }
      Api.Reply refused =
          slow.post("/v1/alerts", JSON, alert, List.of(), Role.SENSOR)
              .expectProblem(429, "rate_limited");
      assertEquals("1", refused.header("retry-after"));
      assertEquals(List.of("eve-1 rate_limited"), slow.council.refusals);
      assertEquals(3, slow.council.alerts.size());
    }
  }

  @Test
  void aSensorSpeaksForItsOwnClustersOnly() {
    String token =
        new TokenIssuer(Api.KEY, FakeCouncil.ORIGIN)
            .issue(
                new Principal(
                    "hub",
                    Set.of(Role.SENSOR),
                    "prod",
                    Set.of("stage"),
                    Set.of(),
                    FakeCouncil.NOW.plusSeconds(9)));
    for (String cluster : List.of("prod", "stage")) {
      send(token, cluster).expect(202);
    }
    send(token, "other").expectProblem(403, "cluster_not_allowed");
    assertEquals("prod", alert(0).resource().cluster());
    assertEquals("stage", alert(1).resource().cluster());
  }

  private Api.Reply send(String token, String cluster) {
    return Api.send(
        api.request("/v1/alerts?cluster=" + cluster)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", JSON)
            .POST(HttpRequest.BodyPublishers.ofString(GOOD)));
  }

  @Test
  void aSensorWhoseClockIsAheadIsToldSo() {
    String ahead = GOOD.replace("2026-11-23T01:00:00Z", FakeCouncil.NOW.plusSeconds(90).toString());
    JsonNode line = post(JSON, bytes(ahead)).expect(202).json().at("/alerts/0");
    assertEquals(90, line.path("clockAheadSeconds").asInt(), line::toString);
    JsonNode late = post(JSON, bytes(GOOD)).expect(202).json().at("/alerts/0");
    assertTrue(late.path("clockAheadSeconds").isMissingNode(), late::toString);
  }
}
