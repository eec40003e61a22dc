package witan.actors.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.actors.kubernetes.ActionResult;
import witan.domain.common.CaseId;
import witan.domain.execution.Order;
import witan.domain.governance.Target;

/** Every fault that a target may have ends in a known state, within the time of a call. */
@Timeout(60)
class HttpEffectsTest {
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private ServerSocket server;
  private volatile String answer = "HTTP/1.1 204 No Content\r\n\r\n";
  private volatile boolean silent;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "http-double");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** One connection at a time; a silent one is read until the other side closes it. */
  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        InputStream in = socket.getInputStream();
        requests.add(request(in));
        if (silent) {
          in.transferTo(java.io.OutputStream.nullOutputStream());
        } else {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
          socket.getOutputStream().flush();
        }
      } catch (IOException e) {
        if (!server.isClosed() && !(e instanceof java.net.SocketException)) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** Whole: closing with something unread would reset the connection. */
  private static String request(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    int next = in.read();
    while (next >= 0) {
      text.append((char) next);
      boolean head = text.indexOf("\r\n\r\n") >= 0;
      boolean content = text.toString().toLowerCase(Locale.ROOT).contains("content-length: 2");
      if (head && (!content || text.toString().endsWith("{}"))) {
        return text.toString();
      }
      next = in.read();
    }
    return text.toString();
  }

  private String host() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private HttpEffects effects(boolean rehearsal) {
    HttpConnection connection =
        new HttpConnection(
            host(),
            List.of("/in"),
            Set.of("GET", "POST", "PUT", "PATCH", "DELETE"),
            Optional.empty(),
            silent ? Duration.ofMillis(800) : Duration.ofSeconds(20),
            1_000);
    return new HttpEffects(new HttpEffectSettings(Map.of("tickets", connection)), rehearsal);
  }

  static Order order(String connection, String method, String path) {
    return new Order(
        new CaseId("c-1"),
        "s1",
        "http-api",
        new Target("", null, "Connection", connection),
        Map.of(
            "connection",
            connection,
            "method",
            method,
            "path",
            path,
            "content",
            "{}",
            "header.x-note",
            "a-note"),
        "c-1/s1");
  }

  private ActionResult call(String method) {
    return effects(false).perform(order("tickets", method, "/in/x"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST,HTTP/1.1 200 OK,Done",
    "POST,HTTP/1.1 404 Not Found,Failed",
    "POST,HTTP/1.1 302 Found,Failed",
    "POST,HTTP/1.1 409 Conflict,Retry",
    "POST,HTTP/1.1 429 Too Many,Retry",
    "POST,HTTP/1.1 503 Busy,Unknown",
    "PUT,HTTP/1.1 503 Busy,Retry",
    "POST,HTTP/1.1 500 Oh,Unknown",
    "PATCH,HTTP/1.1 502 Oh,Unknown",
    "GET,HTTP/1.1 500 Oh,Retry",
    "PUT,HTTP/1.1 500 Oh,Retry",
    "POST,not http,Unknown",
    "DELETE,not http,Retry",
    "POST,'',Unknown",
    "GET,'',Retry"
  })
  void everyAnswerEndsInAKnownState(String method, String line, String expected) {
    answer = line.startsWith("HTTP") ? line + "\r\ncontent-length: 0\r\n\r\n" : line;
    assertEquals(expected, call(method).getClass().getSimpleName());
  }

  @ParameterizedTest
  @CsvSource({"POST,Unknown", "PUT,Retry"})
  void silenceEndsInTime(String method, String expected) {
    silent = true;
    assertEquals(expected, call(method).getClass().getSimpleName());
  }

  @Test
  void whatTheTargetAskedForIsWaited() {
    answer = "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\ncontent-length: 0\r\n\r\n";
    ActionResult.Retry retry = assertInstanceOf(ActionResult.Retry.class, call("POST"));
    assertEquals(Optional.of(Duration.ofSeconds(7)), retry.after());
    assertFalse(retry.maybeApplied());
  }

  @Test
  void anAnswerThatBreaksOffAfterItsStatusIsAnAnswer() {
    answer = "HTTP/1.1 201 Created\r\ncontent-length: 1000\r\n\r\nhalf";
    ActionResult.Done done = assertInstanceOf(ActionResult.Done.class, call("POST"));
    assertTrue(done.detail().startsWith("HTTP 201"), done.detail());
    assertTrue(done.requests().contains("\"whole\":false"), done.requests());
  }

  @Test
  void whereNobodyListensNothingWasDone() throws IOException {
    HttpEffects effects = effects(false);
    server.close();
    ActionResult.Retry retry =
        assertInstanceOf(
            ActionResult.Retry.class, effects.perform(order("tickets", "POST", "/in/x")));
    assertFalse(retry.maybeApplied());
  }

  @Test
  void noHeaderIsLoggedAndARepeatCanBeKnown() {
    ActionResult.Done done = assertInstanceOf(ActionResult.Done.class, call("POST"));
    assertFalse(done.requests().contains("a-note"), done.requests());
    assertTrue(requests.get(0).startsWith("POST /in/x HTTP/1.1"), requests.get(0));
    assertTrue(requests.get(0).contains("a-note"));
    assertTrue(requests.get(0).toLowerCase(Locale.ROOT).contains("idempotency-key: c-1/s1"));
  }

  @Test
  void aRehearsalSendsNothingAndSaysWhatWouldBeRefused() {
    ActionResult known = effects(true).perform(order("tickets", "POST", "/in/x"));
    assertFalse(
        assertInstanceOf(ActionResult.Rehearsed.class, known)
            .detail()
            .contains("unknown_connection"));
    ActionResult unknown = effects(true).perform(order("other", "POST", "/in/x"));
    assertTrue(
        assertInstanceOf(ActionResult.Rehearsed.class, unknown)
            .detail()
            .contains("unknown_connection"));
    ActionResult elsewhere = effects(true).perform(order("tickets", "POST", "/out"));
    assertInstanceOf(ActionResult.Failed.class, elsewhere);
    assertEquals(List.of(), requests);
  }

  @Test
  void onlyIdempotentMethodsMayBeRepeatedAfterACrash() {
    assertFalse(effects(false).fences(order("tickets", "POST", "/in")));
    assertFalse(effects(false).fences(order("tickets", "PATCH", "/in")));
    assertTrue(effects(false).fences(order("tickets", "PUT", "/in")));
  }
}
