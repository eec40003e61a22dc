package witan.actors.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.DryRun;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.execution.Order;
import witan.domain.execution.Request;
import witan.domain.execution.RequestTable;

/** A connection is called as its settings say, or not at all; a real server answers. */
@Timeout(60)
class HttpConnectionTest {
  private static final int MAX_BODY = 2_000;

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> credentials = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  @TempDir private Path folder;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    String path = exchange.getRequestURI().getPath();
    try (exchange;
        OutputStream out = exchange.getResponseBody()) {
      if (path.endsWith("/redirect")) {
        exchange.getResponseHeaders().add("Location", base() + "/elsewhere");
        exchange.sendResponseHeaders(307, -1);
      } else if (path.endsWith("/huge")) {
        exchange.sendResponseHeaders(200, 0);
        byte[] block = new byte[8_192];
        for (int i = 0; i < 100_000; i++) {
          out.write(block);
        }
      } else if (path.endsWith("/slow")) {
        exchange.sendResponseHeaders(200, 0);
        out.write("be".getBytes(StandardCharsets.UTF_8));
        out.flush();
        closed.await(50, TimeUnit.SECONDS);
      } else {
        exchange.sendResponseHeaders(201, 0);
        out.write("secret-answer".getBytes(StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private HttpEffects effects(String more) {
    return new HttpEffects(settings("base = \"" + base() + "\"\n" + more), false);
  }

  private static HttpEffectSettings settings(String connection) {
    return HttpEffectSettings.from(
        ConfigFactory.parseString(
                "witan.http-actions.connections.tickets {\n"
                    + "path-prefixes = [\"/api/t\"], methods = [GET, POST], max-body = "
                    + MAX_BODY
                    + ", timeout = 20s\n"
                    + connection
                    + "\n}")
            .resolve());
  }

  private static Order order(String method, String path) {
    return HttpEffectsTest.order("tickets", method, path);
  }

  private static JsonNode logged(String requests) {
    JsonNode list = Json.parse(Hashes.utf8(requests), Limits.DEFAULT);
    assertEquals(1, list.size(), requests);
    return list.get(0);
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Hashes.sha256(bytes));
  }

  @Test
  void whatWasAnsweredIsLoggedByStatusAndDigestAlone() {
    ActionResult.Done done =
        assertInstanceOf(
            ActionResult.Done.class, effects("").perform(order("POST", "/api/t/1?x=1")));

    JsonNode request = logged(done.requests());
    assertEquals("tickets", request.path("connection").asText());
    assertEquals("/api/t/1?x=1", request.path("path").asText());
    JsonNode answer = request.path("answer");
    assertEquals(201, answer.path("status").asInt());
    assertEquals(
        sha256("secret-answer".getBytes(StandardCharsets.UTF_8)), answer.path("sha256").asText());
    assertTrue(answer.path("whole").asBoolean());
    assertFalse((done.detail() + done.requests()).contains("secret-answer"));
    assertFalse(done.requests().contains("127.0.0.1"), "relative to the connection");
    assertEquals(List.of("POST /api/t/1?x=1"), received);
  }

  @Test
  void evidenceHoldsTheRequestAgainstTheOrder() {
    Order order = order("POST", "/api/t/1");
    ActionResult.Done done = assertInstanceOf(ActionResult.Done.class, effects("").perform(order));
    Request request = Request.logged(Json.toTree(logged(done.requests()))).orElseThrow();

    assertTrue(RequestTable.allows(order, request));
    for (Order other :
        List.of(
            order("GET", "/api/t/1"),
            order("POST", "/api/t/2"),
            order("POST", "/api/t/1?x=1"),
            HttpEffectsTest.order("other", "POST", "/api/t/1"))) {
      assertFalse(RequestTable.allows(other, request), other.toString());
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    ActionResult.Failed failed =
        assertInstanceOf(
            ActionResult.Failed.class, effects("").perform(order("GET", "/api/t/redirect")));
    assertEquals(307, logged(failed.requests()).at("/answer/status").asInt());
    assertEquals(List.of("GET /api/t/redirect"), received);
  }

  @Test
  void ofAHugeAnswerOnlyTheBeginningIsRead() {
    ActionResult.Done done =
        assertInstanceOf(ActionResult.Done.class, effects("").perform(order("GET", "/api/t/huge")));
    JsonNode answer = logged(done.requests()).path("answer");
    assertEquals(MAX_BODY, answer.path("bytes").asInt());
    assertFalse(answer.path("whole").asBoolean());
    assertEquals(sha256(new byte[MAX_BODY]), answer.path("sha256").asText());
  }

  @Test
  void anAnswerThatNeverEndsIsGivenUpAtTheTimeOutWithWhatCame() {
    ActionResult.Done done =
        assertInstanceOf(
            ActionResult.Done.class, effects("timeout = 1s").perform(order("POST", "/api/t/slow")));
    JsonNode answer = logged(done.requests()).path("answer");
    assertFalse(answer.path("whole").asBoolean());
    assertEquals(sha256("be".getBytes(StandardCharsets.UTF_8)), answer.path("sha256").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "other, POST, /api/t, unknown_connection",
    "tickets, PUT, /api/t, connection_method_not_allowed",
    "tickets, POST, /api/tx, connection_path_not_allowed",
    "tickets, POST, /, connection_path_not_allowed",
    "tickets, POST, /api/t/../x, connection_path_ambiguous",
    "tickets, POST, /api/t/%2e%2e/x, connection_path_ambiguous",
    "tickets, POST, /api/%74, connection_path_ambiguous",
    "tickets, POST, @evil.example/api/t, connection_path_ambiguous",
    "tickets, POST, '', connection_path_ambiguous"
  })
  void whatTheConnectionDoesNotAllowIsNotSentAndShowsBeforeTheVote(
      String connection, String method, String path, String code) {
    Order order = HttpEffectsTest.order(connection, method, path);
    HttpEffects effects = effects("");

    ActionResult.Failed failed =
        assertInstanceOf(ActionResult.Failed.class, effects.perform(order));

    assertTrue(failed.detail().startsWith(code + ": "), failed.detail());
    DryRun dry = effects.dryRun(order);
    assertFalse(dry.possible());
    assertTrue(dry.detail().startsWith(code + ": "), dry.detail());
    assertEquals(List.of(), received);
  }

  @Test
  void aBodyOfMoreThanTheConnectionTakesIsNotSent() {
    Order order = order("POST", "/api/t");
    Map<String, String> parameters = new java.util.TreeMap<>(order.parameters());
    char[] many = new char[MAX_BODY + 1];
    Arrays.fill(many, 'x');
    parameters.put("content", new String(many));
    Order large =
        new Order(
            order.caseId(),
            order.step(),
            order.action(),
            order.target(),
            parameters,
            order.fence());
    ActionResult.Failed failed =
        assertInstanceOf(ActionResult.Failed.class, effects("").perform(large));
    assertTrue(failed.detail().startsWith("connection_body_too_large: "), failed.detail());
    assertEquals(List.of(), received);
  }

  @Test
  void theCredentialIsReadFromItsFileAtEachRequestAndNeverLogged() throws IOException {
    Path file = folder.resolve("token");
    HttpEffects effects = effects("credential-file = \"" + file + "\"");
    ActionResult.Retry missing =
        assertInstanceOf(ActionResult.Retry.class, effects.perform(order("POST", "/api/t")));
    assertTrue(missing.detail().startsWith("connection_credential: "), missing.detail());
    assertFalse(missing.maybeApplied());
    Files.writeString(file, "readable by all");
    assertInstanceOf(ActionResult.Retry.class, effects.perform(order("POST", "/api/t")));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    for (String bad : List.of("two\nlines", "", "x".repeat(10_000))) {
      Files.writeString(file, bad);
      assertInstanceOf(
          ActionResult.Retry.class, effects.perform(order("POST", "/api/t")), "of: " + bad);
    }
    assertEquals(List.of(), received);
    for (String token : List.of("first", "second")) {
      Files.writeString(file, token + "\n");
      ActionResult.Done done =
          assertInstanceOf(ActionResult.Done.class, effects.perform(order("POST", "/api/t")));
      assertFalse((done.detail() + done.requests()).contains(token));
      assertEquals("Bearer " + token, credentials.get(credentials.size() - 1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "base = \"https://a.example/x\" | base",
        "base = \"https://u:p@a.example\" | base",
        "base = \"ftp://a.example\" | base",
        "base = \"https://a.example\", path-prefixes = [] | path-prefixes",
        "base = \"https://a.example\", path-prefixes = [\"/a/../b\"] | path-prefixes",
        "base = \"https://a.example\", path-prefixes = [\"/a?b\"] | path-prefixes",
        "base = \"https://a.example\", methods = [] | methods",
        "base = \"https://a.example\", methods = [CONNECT] | methods",
        "base = \"https://a.example\", timeout = 0s | timeout",
        "base = \"https://a.example\", max-body = 1GiB | max-body",
        "base = \"http://a.example\", credential-file = x | credential-file",
        "base = \"https://a.example\", credential-file = x, credential-header = \"a b\" | credential-header"
      })
  void aBadSettingIsNamedByItsKey(String connection, String key) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> settings(connection));
    assertTrue(
        refused.getMessage().startsWith("connections.tickets." + key + ": "), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1", "http://[::1]:1", "http://localhost", "https://a"})
  void aCredentialGoesWhereNobodyListens(String base) {
    settings("base = \"" + base + "\", credential-file = x");
  }
}
