package witan.cluster.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that answer, that are not there, and that take a request and say nothing. */
class ReachTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<ServerSocket> silent = new ArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() throws IOException {
    servers.forEach(server -> server.stop(0));
    for (ServerSocket socket : silent) {
      socket.close();
    }
  }

  /** Answers with its name. */
  private URI node(String name) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
          asked.add(name + " " + exchange.getRequestMethod() + " " + body + " " + key);
          byte[] answer = ("{\"node\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Connections are made by the system and never answered: a process that is stopped. */
  private URI paused() throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    silent.add(socket);
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private static URI nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  private Reach reach(Duration patience, Duration silence, URI... nodes) {
    return new Reach(
        Arrays.asList(nodes), HttpClient.newHttpClient(), patience, LONG, silence, said::add);
  }

  private static String get(Reach reach) throws IOException, InterruptedException {
    return reach.send("/", request -> request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void theNextNodeIsAskedWhereOneIsNotThere() throws Exception {
    Reach reach = reach(LONG, LONG, nobody(), node("two"));

    assertEquals("{\"node\":\"two\"}", get(reach));
    assertEquals(List.of(), said);
  }

  @Test
  void theNextNodeIsAskedWhereOneSaysNothingAndThatOneIsAskedFirstThen() throws Exception {
    URI two = node("two");
    Reach reach = reach(LONG, Duration.ofMillis(200), paused(), two);

    assertEquals("{\"node\":\"two\"}", get(reach));
    assertEquals(two, reach.node());
    assertTrue(said.get(0).matches("cannot reach http://[^ ]+ \\(no answer .*, trying again"));
  }

  @Test
  void itGivesUpWhenPatienceEndsAndNamesWhomItAsked() throws Exception {
    URI one = nobody();
    URI two = nobody();
    Reach reach = reach(Duration.ofMillis(600), Duration.ofMillis(200), one, two);

    UnreachableException failure = assertThrows(UnreachableException.class, () -> get(reach));

    assertTrue(
        failure.getMessage().contains(one + ", " + two + ": connection refused"),
        failure.getMessage());
    assertEquals(List.of("cannot reach " + one + " (connection refused), trying again"), said);
  }

  @Test
  void aHostThatIsNotIsSaidToBeNone() {
    Reach reach = reach(Duration.ZERO, LONG, URI.create("http://no-such-host.invalid:1"));

    assertTrue(
        assertThrows(UnreachableException.class, () -> get(reach))
            .getMessage()
            .contains("no such host"));
  }

  @Test
  void whatIsSentAgainIsTheSameWithTheSameKey() throws Exception {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    silent.add(socket);
    URI breaks = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    List<String> first = new CopyOnWriteArrayList<>();
    Thread breaking =
        new Thread(
            () -> {
              try (var connection = socket.accept()) {
                byte[] head = new byte[4096];
                int length = connection.getInputStream().read(head);
                first.add(new String(head, 0, length, StandardCharsets.UTF_8));
              } catch (IOException closed) {
                // The test is over.
              }
            });
    breaking.start();
    ApiClient api = new ApiClient(reach(LONG, LONG, breaks, node("two")));

    api.post("/v1/notes", "t", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));

    breaking.join();
    String key = first.get(0).replaceAll("(?s).*Idempotency-Key: ([^\r]*)\r.*", "$1");
    assertEquals(List.of("two POST {\"a\":1} " + key), asked);
    assertEquals(1, Set.copyOf(first).size());
  }
}
