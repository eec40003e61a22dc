package witan.cluster.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import witan.cluster.StartException;
import witan.cluster.settings.DataFolder;
import witan.cluster.settings.NodeState;
import witan.cluster.settings.RunState;
import witan.dev.JvmOptions;
import witan.dev.WitanRoot;

/** Starts and stops the supervisor of one data folder. */
public final class LocalStack {
  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);

  private static final String NODE_CLASS_PATH = "witan.node.class-path";

  private final StackOptions options;
  private final DataFolder folder;

  public LocalStack(StackOptions options) {
    this.options = options;
    this.folder = options.local().folder();
  }

  public DataFolder folder() {
    return folder;
  }

  /** Throws StartException when one runs already, or a port is taken. */
  public void refuseSecondStart() {
    RunState.ofLiving(folder)
        .ifPresent(
            running -> {
              throw new StartException(
                  "already running on "
                      + folder.root()
                      + " (process "
                      + running.pid()
                      + ", http://127.0.0.1:"
                      + running.httpPort()
                      + "). Stop it with './witan down', or give another --data folder and ports.");
            });
    for (int node = 1; node <= options.nodes(); node++) {
      refuseTakenPorts(options, node);
    }
  }

  static void refuseTakenPorts(StackOptions options, int node) {
    String host = NodeState.host(node);
    options
        .ports(node)
        .forEach(
            (flag, port) -> {
              try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(host, port));
              } catch (IOException e) {
                throw new StartException(
                    "port " + port + " is taken on " + host + "; choose another with " + flag);
              }
            });
  }

  /** Starts the supervisor, detached, and returns when the API is ready. */
  public void start(Consumer<String> progress) throws IOException, InterruptedException {
    refuseSecondStart();
    Preflight.of(options);
    folder.create();
    new RunState(
            RunState.Phase.STARTING, "starting", -1, options.local().httpPort(), -1, -1, List.of())
        .write(folder.state());
    Process supervisor = spawn();
    String shown = "";
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      RunState state = RunState.read(folder.state()).orElseThrow();
      if (!state.detail().equals(shown)) {
        shown = state.detail();
        progress.accept(shown);
      }
      if (state.phase() == RunState.Phase.READY) {
        return;
      }
      if (state.phase() == RunState.Phase.FAILED || !supervisor.isAlive()) {
        throw new IllegalStateException(
            "it did not start: "
                + state.detail()
                + (state.detail().contains("; see ") ? "" : "; see " + folder.logs()));
      }
      Thread.sleep(POLL.toMillis());
    }
    supervisor.destroy();
    throw new IllegalStateException(
        "not ready after " + START_LIMIT.toSeconds() + " s; see " + folder.logs());
  }

  /** What the script says; where nothing is said, nodes could run here. */
  static String nodeClassPath() {
    return System.getProperty(NODE_CLASS_PATH, System.getProperty("java.class.path"));
  }

  private Process spawn() throws IOException {
    List<String> command = new ArrayList<>();
    // A session of its own, so that closing the terminal does not take the council down.
    command.add("setsid");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(JvmOptions.ofEnvironment());
    command.add("-Dwitan.root=" + WitanRoot.find());
    command.addAll(List.of("-cp", nodeClassPath()));
    command.addAll(List.of("witan.cluster.Main", "supervise"));
    Path log = folder.logs().resolve("supervisor.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new java.io.File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(options.environment());
    return builder.start();
  }

  /**
   * Stops it: node, then chain (its state is saved), then database. Asked for by a file: at a
   * SIGTERM the children would all be stopped at once.
   *
   * @return false when nothing ran
   */
  public static boolean stop(DataFolder folder) throws IOException, InterruptedException {
    Optional<RunState> running = RunState.ofLiving(folder);
    if (running.isEmpty()) {
      return false;
    }
    ProcessHandle supervisor = ProcessHandle.of(running.get().pid()).orElseThrow();
    Files.writeString(folder.stopRequest(), "");
    long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    while (supervisor.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(POLL.toMillis());
    }
    if (supervisor.isAlive()) {
      supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
      supervisor.destroyForcibly();
    }
    return true;
  }
}
