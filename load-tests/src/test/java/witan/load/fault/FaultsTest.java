package witan.load.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import witan.load.client.LoadClient;
import witan.load.client.Stack;
import witan.load.drive.History;

class FaultsTest {
  @TempDir private Path data;

  @Test
  @Timeout(120)
  void aFaultThatFoundNobodyIsNotTakenForInjected() throws IOException, InterruptedException {
    HttpServer ready = ready();
    Process chain = somethingLikeAChain();
    try (History history = new History(null);
        Faults faults =
            faults(ready, history, List.of(Kind.KILL_DATABASE, Kind.PAUSE_CHAIN, Kind.KILL_NODE))) {
      assertEquals(
          Set.of(Kind.KILL_DATABASE, Kind.PAUSE_CHAIN, Kind.KILL_NODE), faults.missed(), "not yet");

      faults.start();
      while (!faults.onceThrough()) {
        Thread.sleep(50);
      }

      assertEquals(Set.of(Kind.KILL_DATABASE, Kind.KILL_NODE), faults.missed());
    } finally {
      chain.destroyForcibly().onExit().join();
      ready.stop(0);
    }
  }

  private Faults faults(HttpServer ready, History history, List<Kind> schedule) {
    LoadClient api =
        new LoadClient(
            List.of("http://127.0.0.1:" + ready.getAddress().getPort()),
            "token",
            Duration.ofSeconds(5),
            Duration.ofSeconds(20));
    Stack stack = new Stack(Path.of("."), data, Map.of());
    return new Faults(stack, api, history, schedule, true, 1, Duration.ofSeconds(1), 0);
  }

  private static HttpServer ready() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** Known as the stack's chain by its name and by the data folder in its environment. */
  private Process somethingLikeAChain() throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", "exec -a some/anvil sleep 600");
    builder.environment().put("WITAN_DATA", data.toAbsolutePath().normalize().toString());
    return builder.start();
  }
}
