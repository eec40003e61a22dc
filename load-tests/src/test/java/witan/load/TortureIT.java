package witan.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import witan.load.client.Stack;

/** A minute of load on one node that is killed twice and paused once; then the check. */
class TortureIT {
  private static final long SEED = 20_260_101;

  private final Path root =
      Path.of(System.getProperty("witan.root", ".")).toAbsolutePath().normalize();
  private Path data;
  private Stack stack;
  private Map<String, String> ports;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    assertTrue(Files.isExecutable(root.resolve("witan")), "no launcher in " + root);
    data = Files.createTempDirectory("witan-torture");
    int[] free = freePorts();
    ports =
        Map.of(
            "WITAN_HTTP_PORT", Integer.toString(free[0]),
            "WITAN_CHAIN_PORT", Integer.toString(free[1]),
            "WITAN_REMOTE_PORT", Integer.toString(free[2]),
            "WITAN_CASSANDRA_PORT", Integer.toString(free[3]));
    stack = new Stack(root, data, ports);
    stack.run("up");
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    try {
      stack.run("down");
    } finally {
      for (ProcessHandle left : stack.processes()) {
        left.destroyForcibly();
        left.onExit().join();
      }
      try (var files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  @Timeout(900)
  void nothingAcknowledgedIsLostWhenTheNodeIsKilledAndPaused() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "torture",
                "--seconds=60",
                "--seed=" + SEED,
                "--rate=15",
                "--requests=5000",
                "--faults=KILL_NODE,PAUSE_NODE,KILL_NODE",
                "--bundles=6",
                "--root=" + root,
                "--data=" + data,
                "--http-port=" + ports.get("WITAN_HTTP_PORT"),
                "--chain-port=" + ports.get("WITAN_CHAIN_PORT")));

    int exit = Main.run(arguments.toArray(String[]::new));

    assertEquals(0, exit, "seed " + SEED + ": the table above says what was broken");
  }

  /** The database takes the port after its own, too. */
  private static int[] freePorts() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      int[] ports = new int[4];
      for (int i = 0; i < 3; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        ports[i] = held.get(i).getLocalPort();
      }
      while (ports[3] == 0) {
        ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(first);
        try {
          held.add(new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress()));
          ports[3] = first.getLocalPort();
        } catch (IOException taken) {
          // Try the next pair; the first one stays held, so that it is not offered again.
        }
      }
      return ports;
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }
}
