package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.http.auth.Role;

/** What is refused before, beside and behind the routes; each with its own code. */
class RefusalsTest {
  private static Api api;

  @BeforeAll
  static void start() {
    api = new Api(Api.settings(Duration.ofMillis(700), 1, Duration.ofSeconds(5)));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void reset() {
    api.council.read = null;
  }

  @Test
  void unknownPathsAndMethods() {
    api.get("/").expectProblem(404, "not_found");
    api.get("/v1/nothing").expectProblem(404, "not_found");
    api.get("/v1/cases/", Role.AUDITOR).expectProblem(404, "case_not_found");
    api.get("/v1%2Fcases", Role.AUDITOR).expectProblem(404, "not_found");
    Api.Reply reply =
        Api.send(api.request("/v1/council").DELETE()).expectProblem(405, "method_not_allowed");
    assertEquals("GET, POST", reply.header("allow"));
  }

  @Test
  void queryParameters() {
    api.get("/v1/cases?state=open", Role.AUDITOR).expectProblem(400, "unknown_parameter");
    api.get("/v1/anchors?x=1", Role.AUDITOR).expectProblem(400, "unknown_parameter");
    api.get("/checkpoint?x=1").expectProblem(400, "unknown_parameter");
    api.get("/v1/cases?limit=0", Role.AUDITOR).expectProblem(400, "parameter_invalid");
    api.get("/v1/cases?limit=501", Role.AUDITOR).expectProblem(400, "parameter_invalid");
    api.get("/v1/cases?limit=1&limit=2", Role.AUDITOR).expectProblem(400, "parameter_invalid");
    api.get("/v1/cases?before=-1", Role.AUDITOR).expectProblem(400, "parameter_invalid");
    api.get("/v1/cases?before=9007199254740992", Role.AUDITOR)
        .expectProblem(400, "parameter_invalid");
    api.get("/v1/cases?phase=open", Role.AUDITOR).expectProblem(400, "parameter_invalid");
    api.get("/v1/cases?severity=huge", Role.AUDITOR).expectProblem(400, "parameter_invalid");
    api.get("/v1/log/proof/inclusion", Role.AUDITOR).expectProblem(400, "parameter_missing");
    assertTrue(api.council.queries.isEmpty());
  }

  @Test
  void mediaTypesAndEncodings() {
    api.post("/v1/alerts", "text/plain", "{}", Role.SENSOR)
        .expectProblem(415, "unsupported_media_type");
    api.post("/v1/council", "application/x-ndjson", "{}", Role.OPERATOR)
        .expectProblem(415, "unsupported_media_type");
    api.post(
            "/v1/council",
            "application/json",
            new byte[0],
            List.of("Content-Encoding", "gzip"),
            Role.OPERATOR)
        .expectProblem(415, "unsupported_encoding");
  }

  @Test
  void idempotencyKeys() {
    for (String key : List.of("", "a b", "x".repeat(129))) {
      api.post(
              "/v1/council",
              "application/json",
              "{}".getBytes(StandardCharsets.UTF_8),
              List.of("Idempotency-Key", key),
              Role.OPERATOR)
          .expectProblem(400, "idempotency_key_invalid");
    }
  }

  @Test
  void oversizedBodiesWithAndWithoutALength() {
    byte[] big = new byte[(int) api.settings.maxBodyBytes() + 1];
    byte[] overAFounding = new byte[(128 << 10) + 1];
    api.post("/v1/alerts", "application/json", big, List.of(), Role.SENSOR)
        .expectProblem(413, "body_too_large");
    api.post("/v1/council", "application/json", overAFounding, List.of(), Role.OPERATOR)
        .expectProblem(413, "body_too_large");
    HttpRequest.Builder chunked =
        api.request("/v1/council")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(overAFounding)));
    Api.send(Api.as(chunked, Role.OPERATOR)).expectProblem(413, "body_too_large");
  }

  @Test
  void aRefusedBodyIsReadAwaySoThatTheConnectionGoesOn() throws IOException {
    for (String refused : List.of("/v1/council", "/v1/alerts", "/v1/nowhere", "/v1/cases")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
        socket.setSoTimeout(10_000);
        OutputStream out = socket.getOutputStream();
        int length = 3 << 20;
        write(
            out, "POST " + refused + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n");
        write(out, "Content-Length: " + length + "\r\n\r\n");
        out.write(new byte[length]);
        assertTrue(readProblem(socket).startsWith("HTTP/1.1 4"), refused);
        write(out, "GET /v1/nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
        assertTrue(readProblem(socket).startsWith("HTTP/1.1 404"), refused);
      }
    }
  }

  @Test
  void whoAsksBeforeSendingIsRefusedBeforeTheBody() throws IOException {
    String head = "POST /v1/council HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    String asking = "Content-Length: 3000000\r\nExpect: 100-continue\r\n\r\n";
    assertRaw(head + asking, 401, "unauthenticated");
    String token = "Authorization: Bearer " + Api.token(Role.OPERATOR) + "\r\n";
    assertRaw(head + token + asking, 413, "body_too_large");
  }

  @Test
  void json() {
    council("{").expectProblem(400, "json_malformed");
    council("").expectProblem(400, "json_malformed");
    council("{} {}").expectProblem(400, "json_malformed");
    council("[]").expectProblem(400, "json_wrong_type");
    council("{\"signatures\":[]}").expectProblem(400, "json_missing_field");
    council("{\"charter\":null,\"signatures\":[]}").expectProblem(400, "json_null");
    council("{\"a\":1,\"a\":2}").expectProblem(400, "json_duplicate_name");
    council("[".repeat(65) + "]".repeat(65)).expectProblem(413, "json_too_large");
    assertTrue(api.council.foundings.isEmpty());
  }

  private static Api.Reply council(String body) {
    return api.post("/v1/council", "application/json", body, Role.OPERATOR);
  }

  @Test
  void aBusyCouncilIs503WithAPause() {
    api.council.bundle = FakeCouncil.busy();
    Api.Reply reply = api.get("/v1/cases/c-1/bundle", Role.AUDITOR).expectProblem(503, "busy");
    assertEquals("2", reply.header("retry-after"), "1.5 s, rounded up");
  }

  @Test
  void aCodeWithoutAMappingIs422() {
    api.council.bundle = FakeCouncil.refused("something_new");
    api.get("/v1/cases/c-1/bundle", Role.AUDITOR).expectProblem(422, "something_new");
  }

  @Test
  void anUnforeseenFailureTellsNothingOfTheInside() {
    for (RuntimeException failure :
        List.of(new IllegalStateException("jdbc:secret"), new NullPointerException("secret"))) {
      api.council.read = () -> CompletableFuture.failedFuture(failure);
      Api.Reply failed =
          api.get("/v1/cases/c-1", Role.AUDITOR).expectProblem(500, "internal_error");
      api.council.read =
          () -> {
            throw failure;
          };
      Api.Reply thrown =
          api.get("/v1/cases/c-1", Role.AUDITOR).expectProblem(500, "internal_error");
      assertFalse((failed.text() + thrown.text()).contains("secret"));
      assertFalse(failed.text().contains("Exception"));
    }
  }

  @Test
  void aSilentPartIs503() {
    api.council.read =
        () ->
            CompletableFuture.failedFuture(
                new java.util.concurrent.TimeoutException("ask timed out on secret"));
    assertFalse(
        api.get("/v1/cases/c-1", Role.AUDITOR)
            .expectProblem(503, "timeout")
            .text()
            .contains("secret"));
    api.council.read = CompletableFuture::new;
    Api.Reply never = api.get("/v1/cases/c-1", Role.AUDITOR).expectProblem(503, "timeout");
    assertEquals("1", never.header("retry-after"));
  }

  @Test
  void theRequestsIdIsAnsweredAndNamedInTheProblem() {
    Api.Reply own = Api.send(api.request("/v1/nothing").header("X-Request-Id", "abc-123"));
    assertEquals("abc-123", own.header("x-request-id"));
    assertEquals("urn:witan:request:abc-123", own.json().path("instance").asText());
    Api.Reply bad = Api.send(api.request("/v1/nothing").header("X-Request-Id", "a b<script>"));
    assertEquals(36, bad.header("x-request-id").length());
    assertEquals("nosniff", bad.header("x-content-type-options"));
  }

  @Test
  void whatIsNotHttpIsAProblemToo() throws IOException {
    assertRaw("GET /v1/cases HTTP/9.9\r\nHost: x\r\n\r\n", 505, "request_malformed");
    assertRaw("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414, "uri_too_long");
    assertRaw(
        "GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + "a".repeat(20_000) + "\r\n\r\n",
        431,
        "headers_too_large");
    assertRaw("GET /v1/cases?%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400, "request_malformed");
  }

  private static void assertRaw(String request, int status, String code) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.setSoTimeout(10_000);
      write(socket.getOutputStream(), request);
      String answer = readProblem(socket);
      assertTrue(answer.contains("\"code\":\"" + code + "\""), answer);
      assertTrue(answer.contains("application/problem+json"), answer);
      assertTrue(answer.startsWith("HTTP/1.1 "), answer);
      assertEquals(status == 505 ? 400 : status, Integer.parseInt(answer.substring(9, 12)));
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** One answer that is a problem; less when the connection ends before. */
  private static String readProblem(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder answer = new StringBuilder();
    byte[] buffer = new byte[4096];
    while (!answer.toString().matches("(?s).*\"instance\".*\\}")) {
      int n = in.read(buffer);
      if (n < 0) {
        break;
      }
      answer.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
    }
    return answer.toString();
  }
}
