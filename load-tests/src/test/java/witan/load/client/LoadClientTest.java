package witan.load.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against two nodes, the second of which has not read the log. */
class LoadClientTest {
  private final List<HttpServer> nodes = new ArrayList<>();
  private final List<String> brought = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(node -> node.stop(0));
  }

  private String node(int statusOfReads) throws IOException {
    HttpServer node =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext("/", exchange -> answer(exchange, statusOfReads));
    node.start();
    nodes.add(node);
    return "http://127.0.0.1:" + node.getAddress().getPort();
  }

  private void answer(HttpExchange exchange, int statusOfReads) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String index = exchange.getRequestHeaders().getFirst("Witan-Log-Index");
    brought.add(exchange.getRequestMethod() + " " + index);
    boolean read = exchange.getRequestMethod().equals("GET");
    if (!read) {
      exchange.getResponseHeaders().add("Witan-Log-Index", "41");
    }
    exchange.sendResponseHeaders(read && index != null ? statusOfReads : 200, -1);
    exchange.close();
  }

  @Test
  void aReadShowsWhatAnAnswerSaidIsWrittenWhicheverNodeIsAsked() throws Exception {
    LoadClient api =
        new LoadClient(
            List.of(node(200), node(503)), "token", Duration.ofSeconds(10), Duration.ofSeconds(30));
    api.get("/v1/council");
    api.post("/v1/council", new byte[0], null);
    api.post("/v1/alerts", new byte[0], null);
    assertEquals(List.of("GET null", "POST null", "POST null"), brought);

    for (int i = 0; i < 5; i++) {
      assertTrue(api.get("/v1/council").accepted());
    }
    assertTrue(brought.size() >= 8);
    assertTrue(brought.stream().skip(3).allMatch("GET 41"::equals), brought::toString);
  }
}
