package witan.cluster.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a council of which the test says where it is with its log. */
class ApiClientTest {
  private final List<String> brought = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private ApiClient api;

  /** Of the next answer to a POST. */
  private volatile String written = "";

  /** So many requests find the node behind. */
  private final AtomicInteger behind = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    api = new ApiClient("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String index = exchange.getRequestHeaders().getFirst("Witan-Log-Index");
    brought.add(index == null ? "none" : index);
    if (exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().add("Witan-Log-Index", written);
    }
    boolean late = behind.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    byte[] body = (late ? "{\"code\":\"view_behind\"}" : "{}").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(late ? 503 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void write(long index) throws IOException, InterruptedException {
    written = Long.toString(index);
    api.post("/v1/council", "token", "{}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatItWasToldIsWrittenItAsksToBeShown() throws Exception {
    api.get("/v1/council", "token");
    write(41);
    api.get("/v1/council", "token");
    write(7);
    api.find("/v1/council", "token");
    api.events(0, "token").close();
    api.events("c-1", 0, -1, "token").close();
    assertEquals(List.of("none", "none", "41", "41", "41", "41", "41"), brought);
  }

  @Test
  void aNodeThatIsBehindIsAskedAgain() throws Exception {
    write(41);
    behind.set(1);
    assertTrue(api.find("/v1/council", "token").isPresent());
    assertEquals(List.of("none", "41", "41"), brought);
  }
}
