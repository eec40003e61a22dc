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
    return new HttpEffects(
        new HttpEffectSettings(
            Set.of(host()), silent ? Duration.ofMillis(800) : Duration.ofSeconds(20)),
        rehearsal);
  }

  private Order order(String method, String url) {
    return new Order(
        new CaseId("c-1"),
        "s1",
        "http-api",
        new Target("", null, "Url", url),
        Map.of("method", method, "url", url, "content", "{}", "header.authorization", "secret-1"),
        "c-1/s1");
  }

  private ActionResult call(String method) {
    return effects(false).perform(order(method, host() + "/x"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST,HTTP/1.1 200 OK,Done",
    "POST,HTTP/1.1 404 Not Found,Failed",
    "POST,HTTP/1.1 302 Found,Failed",
    "POST,HTTP/1.1 409 Conflict,Retry",
    "POST,HTTP/1.1 429 Too Many,Retry",
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
  }

  @Test
  void whereNobodyListensNothingWasDone() throws IOException {
    String url = host() + "/x";
    HttpEffects effects = effects(false);
    server.close();
    ActionResult.Retry retry =
        assertInstanceOf(ActionResult.Retry.class, effects.perform(order("POST", url)));
    assertFalse(retry.maybeApplied());
  }

  @Test
  void onlyAllowedHostsAreCalledAndNoHeaderIsLogged() {
    ActionResult.Done done = assertInstanceOf(ActionResult.Done.class, call("POST"));
    assertFalse(done.requests().contains("secret-1"), done.requests());
    assertTrue(requests.get(0).contains("secret-1"));
    assertTrue(requests.get(0).toLowerCase(Locale.ROOT).contains("idempotency-key: c-1/s1"));
    requests.clear();
    for (String url :
        List.of(
            "http://127.0.0.1:1/x",
            host().replace("http:", "https:") + "/x",
            host().replace("http://", "http://user@") + "/x",
            "http://localhost:" + server.getLocalPort() + "/x",
            "file:///etc/passwd",
            "not a url")) {
      assertInstanceOf(ActionResult.Failed.class, effects(false).perform(order("GET", url)), url);
    }
    assertEquals(List.of(), requests);
  }

  @Test
  void aRehearsalSendsNothing() {
    assertInstanceOf(
        ActionResult.Rehearsed.class, effects(true).perform(order("POST", host() + "/x")));
    assertEquals(List.of(), requests);
  }

  @Test
  void onlyIdempotentMethodsMayBeRepeatedAfterACrash() {
    assertFalse(effects(false).fences(order("POST", host())));
    assertFalse(effects(false).fences(order("PATCH", host())));
    assertTrue(effects(false).fences(order("PUT", host())));
  }
}
