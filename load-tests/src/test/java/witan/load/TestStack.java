package witan.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import witan.load.client.Stack;

/** A stack on a data folder and ports of its own; nothing of it is left when it is closed. */
public final class TestStack implements AutoCloseable {
  private final Path data;
  private final Map<String, String> ports;
  private final Stack stack;

  private TestStack(Path data, Map<String, String> ports, Stack stack) {
    this.data = data;
    this.ports = ports;
    this.stack = stack;
  }

  public static Path root() {
    return Path.of(System.getProperty("witan.root", ".")).toAbsolutePath().normalize();
  }

  /**
   * Starts it.
   *
   * @param within what to put before the launcher: {@code ip netns exec NAME}
   * @param environment of its processes, beside the ports
   * @param options of {@code up}
   */
  public static TestStack up(
      List<String> within, Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    TestStack up = idle(within, environment);
    List<String> command = new ArrayList<>(List.of("up"));
    command.addAll(List.of(options));
    try {
      up.stack.run(command.toArray(String[]::new));
      return up;
    } catch (IOException | InterruptedException e) {
      up.close();
      throw e;
    }
  }

  /** Starts nothing: a folder and free ports for whatever is run in it. */
  static TestStack idle(List<String> within, Map<String, String> environment) throws IOException {
    assertTrue(Files.isExecutable(root().resolve("witan")), "no launcher in " + root());
    Path data = Files.createTempDirectory("witan-torture");
    Map<String, String> ports = freePorts();
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(ports);
    return new TestStack(data, ports, new Stack(root(), data, all, within));
  }

  public Stack stack() {
    return stack;
  }

  public String httpPort() {
    return String.valueOf(ports.get("WITAN_HTTP_PORT"));
  }

  /** Arguments of a load command that drives this stack. */
  public List<String> target() {
    return List.of(
        "--root=" + root(),
        "--data=" + data,
        "--http-port=" + ports.get("WITAN_HTTP_PORT"),
        "--chain-port=" + ports.get("WITAN_CHAIN_PORT"),
        "--remote-port=" + ports.get("WITAN_REMOTE_PORT"));
  }

  @Override
  public void close() throws IOException {
    try {
      stack.run("down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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

  /** The database takes the port after its own, too. */
  private static Map<String, String> freePorts() throws IOException {
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
      return Map.of(
          "WITAN_HTTP_PORT", Integer.toString(ports[0]),
          "WITAN_CHAIN_PORT", Integer.toString(ports[1]),
          "WITAN_REMOTE_PORT", Integer.toString(ports[2]),
          "WITAN_CASSANDRA_PORT", Integer.toString(ports[3]));
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }
}
