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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import witan.load.client.Stack;

/** A stack on a data folder and ports of its own; nothing of it is left when it is closed. */
public final class TestStack implements AutoCloseable {
  private static final int FIRST_PORT = 20_000;
  private static final int MOST_PORTS = 6_000;

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
    all.put("WITAN_PROCESS_FOR", test());
    all.putAll(ports);
    return new TestStack(data, ports, new Stack(root(), data, all, within));
  }

  /** For whom processes are started: for the table of them ({@code .ci/processes}). */
  private static String test() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getClassName)
                    .filter(name -> name.endsWith("IT"))
                    .findFirst()
                    .orElse("load-tests"));
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

  /**
   * Below Linux's ephemeral range (32768 on): what is killed here is started again on its port, and
   * meanwhile an outgoing connection, even one to the dead port itself, must not have taken it.
   */
  private static Map<String, String> freePorts() {
    List<Integer> ports = new ArrayList<>();
    for (int attempt = 0; ports.size() < 4 && attempt < MOST_PORTS; attempt++) {
      // The database takes the next port, too.
      int port = FIRST_PORT + 2 * ThreadLocalRandom.current().nextInt(MOST_PORTS);
      if (!ports.contains(port) && free(port) && free(port + 1)) {
        ports.add(port);
      }
    }
    assertEquals(4, ports.size(), "no free ports from " + FIRST_PORT);
    return Map.of(
        "WITAN_HTTP_PORT", Integer.toString(ports.get(0)),
        "WITAN_CHAIN_PORT", Integer.toString(ports.get(1)),
        "WITAN_REMOTE_PORT", Integer.toString(ports.get(2)),
        "WITAN_CASSANDRA_PORT", Integer.toString(ports.get(3)));
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
