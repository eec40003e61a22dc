package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.http.auth.Role;

/**
 * What a broken or a hostile sensor sends, through the server: each a clear 4xx with its code,
 * never a 500, and nothing of it is taken. What is beside it in a stream is.
 */
class HostileInputTest {
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";
  private static final String GOOD =
      "{\"rule\":\"r\",\"priority\":\"Notice\",\"time\":\"2026-11-23T01:00:00Z\"}";

  /**
   * What comes in the place of a good alert.
   *
   * @param code of its refusal
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Hostile(byte[] alert, String code) {}

  private static final List<Hostile> ALERTS = new ArrayList<>();

  static {
    hostile(GOOD.replace("\"r\"", "[".repeat(5_000) + "]".repeat(5_000)), "json_too_large");
    hostile("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000), "json_too_large");
    hostile("[".repeat(5_000), "json_too_large");
    hostile(GOOD.replace("\"r\"", "\"" + "r".repeat(40_000) + "\""), "alert_too_long");
    hostile(GOOD.replace("\"r\"", "NaN"), "json_malformed");
    hostile(GOOD.replace("\"r\"", "-Infinity"), "json_malformed");
    hostile(
        "{\"event_type\":\"alert\",\"timestamp\":\"2026-11-23T01:00:00Z\","
            + "\"alert\":{\"signature_id\":1,\"severity\":1e999999999}}",
        "alert_bad_number");
    hostile(GOOD.replace("}", ",\"n\":" + "9".repeat(5_000) + "}"), "json_too_large");
    hostile(GOOD.replace("}", ",\"rule\":\"other\"}"), "json_duplicate_name");
    hostile(GOOD.replace("\"r\"", "\"\\ud800\""), "json_bad_text");
    hostile(GOOD.replace("\"r\"", "\"\\u0000\""), "alert_bad_name");
    hostile(GOOD.replace("\"r\"", "\"\u0007\""), "json_malformed");
    hostile(GOOD.replace("\"r\"", "{}"), "alert_unknown_format");
    hostile(GOOD + GOOD, "json_malformed");
    hostile("null", "alert_not_an_object");
    hostile("\u0000".repeat(100), "json_malformed");
    byte[] noUtf8 = GOOD.getBytes(StandardCharsets.UTF_8);
    noUtf8[9] = (byte) 0xff;
    ALERTS.add(new Hostile(noUtf8, "json_malformed"));
    byte[] overlong = GOOD.replace("\"r\"", "\"rr\"").getBytes(StandardCharsets.UTF_8);
    overlong[9] = (byte) 0xc0;
    overlong[10] = (byte) 0xaf;
    ALERTS.add(new Hostile(overlong, "json_malformed"));
  }

  private Api api;

  private static void hostile(String alert, String code) {
    ALERTS.add(new Hostile(alert.getBytes(StandardCharsets.UTF_8), code));
  }

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

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aloneEachIsAnsweredWithItsCode() {
    ALERTS.forEach(
        hostile -> {
          byte[] alert = hostile.alert();
          Api.Reply reply = post(JSON, alert);
          JsonNode problem = reply.json();
          String what = new String(alert, 0, Math.min(80, alert.length), StandardCharsets.UTF_8);
          // An array is a batch, and a batch is refused whole.
          String due = alert[0] == '[' ? "json_malformed" : hostile.code();
          assertEquals(due, problem.path("code").asText(), what + ": " + reply.text());
          assertEquals(4, problem.path("status").asInt() / 100, what + ": " + reply.text());
        });
    assertTrue(api.council.alerts.isEmpty());
  }

  @Test
  void inAStreamEachSpoilsItselfAlone() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ALERTS.forEach(
        hostile -> body.writeBytes(joined(bytes(GOOD + "\n"), hostile.alert(), bytes("\n"))));
    body.writeBytes(bytes(GOOD)); // a last line without an end is a line
    JsonNode json = post(NDJSON, body.toByteArray()).expect(202).json();
    assertEquals(ALERTS.size() + 1, json.path("accepted").asInt(), json::toString);
    assertEquals(ALERTS.size(), json.path("refused").asInt());
    int line = 1;
    for (Hostile hostile : ALERTS) {
      assertEquals(
          hostile.code(), json.path("alerts").path(line).path("code").asText(), "line " + line);
      line += 2;
    }
    assertEquals(ALERTS.size() + 1, api.council.alerts.size());
  }

  /** A gigabyte, which no array would hold, packed into a megabyte. */
  @Test
  void aLineOfAGigabyteIsRefusedAndTheNextIsTaken() {
    byte[] body = packed(1 << 30);
    JsonNode json = post(NDJSON, body, "Content-Encoding", "gzip").expect(202).json();
    assertEquals(2, json.path("accepted").asInt(), json::toString);
    assertEquals("body_too_large", json.at("/alerts/1/code").asText());
    assertEquals(3, json.at("/alerts/2/line").asInt());
    // Of one alert, what follows the limit is read on for 8 MiB, so that its sender hears of it.
    post(JSON, packed(6 << 20), "Content-Encoding", "gzip").expectProblem(413, "body_too_large");
  }

  private static byte[] packed(int size) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    try (GZIPOutputStream out =
        new GZIPOutputStream(packed, 1 << 16) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      out.write(bytes(GOOD + "\n"));
      for (int i = 0; i < size / zeros.length; i++) {
        out.write(zeros);
      }
      out.write(bytes("\n" + GOOD));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }

  @Test
  void aBodyThatStopsArrivingIsAnsweredAndItsWholeLinesAreTaken() throws IOException {
    try (Api impatient = new Api(Api.settings(Duration.ofMillis(300)))) {
      String whole = stalled(impatient, JSON, GOOD.substring(0, 20));
      assertTrue(whole.startsWith("HTTP/1.1 408"), whole);
      assertTrue(whole.contains("body_timeout"), whole);
      assertTrue(impatient.council.alerts.isEmpty());
      String lines = stalled(impatient, NDJSON, GOOD + "\n" + GOOD.substring(0, 20));
      assertTrue(lines.startsWith("HTTP/1.1 202"), lines);
      assertTrue(lines.contains("body_timeout"), lines);
      assertEquals(1, impatient.council.alerts.size());
    }
  }

  /** Says that there is more than it sends; the answer. */
  private static String stalled(Api api, String type, String begin) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          bytes(
              "POST /v1/alerts HTTP/1.1\r\n"
                  + "Host: x\r\n"
                  + "Connection: close\r\n"
                  + "Content-Length: 100000\r\n"
                  + "Content-Type: "
                  + type
                  + "\r\nAuthorization: Bearer "
                  + Api.token(Role.SENSOR)
                  + "\r\n\r\n"
                  + begin));
      out.flush();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        answer.write(buffer, 0, n);
        if (answer.toString(StandardCharsets.UTF_8).contains("body_timeout")) {
          break;
        }
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }
}
