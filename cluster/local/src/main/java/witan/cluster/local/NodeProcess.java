package witan.cluster.local;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import witan.cluster.settings.NodeState;
import witan.dev.ChildProcess;
import witan.dev.JvmOptions;
import witan.dev.WitanRoot;

/** One node of the local cluster, as the supervisor holds it; for the supervisor's thread alone. */
final class NodeProcess {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(45);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(3);
  private static final int MOST_EARLY_DEATHS = 10;
  private static final long MOST_BACKOFF_SECONDS = 10;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(PROBE_LIMIT).build();

  private final int number;
  private final StackOptions options;
  private @Nullable ChildProcess child;
  private NodeState.Phase phase = NodeState.Phase.STOPPED;
  private NodeState.Phase beforePause = NodeState.Phase.STARTING;
  private boolean wanted = true;
  private boolean member;
  private int starts;
  private int earlyDeaths;
  private String reason = "";
  private long since;
  private long startAt;
  private volatile boolean probing;

  /** A new one for each start: a late answer speaks of an earlier process. */
  private AtomicBoolean answeredReady = new AtomicBoolean();

  NodeProcess(int number, StackOptions options) {
    this.number = number;
    this.options = options;
    this.startAt = System.nanoTime();
  }

  int number() {
    return number;
  }

  NodeState state() {
    return new NodeState(number, phase, child == null ? -1 : child.pid(), starts, reason);
  }

  NodeState.Phase phase() {
    return phase;
  }

  /** It runs, paused or not, and is or founds the cluster that others can join. */
  boolean member() {
    return child != null && child.isAlive() && member;
  }

  boolean due() {
    return wanted && child == null && System.nanoTime() - startAt >= 0;
  }

  /** How often it ended before it was ready, in a row. */
  int earlyDeaths() {
    return earlyDeaths;
  }

  Path log() {
    return options.local().folder().logs().resolve("node-" + number + ".out");
  }

  /**
   * Starts the process.
   *
   * @param seeds host:port of nodes to join; its own address first founds a cluster
   * @param certificates variables that name the files of its certificate
   */
  void start(List<String> seeds, boolean founds, Map<String, String> certificates) {
    Map<String, String> environment = new TreeMap<>(options.environment());
    environment.put("WITAN_REMOTE_HOST", NodeState.host(number));
    environment.put("WITAN_HTTP_HOST", NodeState.host(number));
    environment.put("WITAN_SEEDS", String.join(",", seeds));
    environment.put("WITAN_EXECUTION_FEED_FILE", options.local().folder().feed(number).toString());
    environment.put("WITAN_LOG_MEMORY_FILE", options.local().folder().memory(number).toString());
    environment.putAll(certificates);
    options.rolesOf(number).ifPresent(roles -> environment.put("WITAN_ROLES", roles));
    environment.putAll(ClockSkew.parse(options.clockSkew()).environment(number));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // With two cores and this heap the serial collector pauses no longer than G1, and needs less.
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(JvmOptions.ofEnvironment());
    command.add("-Dwitan.root=" + WitanRoot.find());
    // All nodes are on one machine: so a connection's source says which node opened it.
    command.add(
        "-Dakka.remote.artery.advanced.tcp.outbound-client-hostname=" + NodeState.host(number));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("witan.cluster.Main", "node"));
    wanted = true;
    member = founds;
    answeredReady = new AtomicBoolean();
    starts++;
    child =
        ChildProcess.start(
            "node " + number,
            new ChildProcess.Options(command, log(), environment, STOP_LIMIT, true));
    enter(NodeState.Phase.STARTING);
  }

  private void enter(NodeState.Phase next) {
    phase = next;
    since = System.nanoTime();
    System.out.println(java.time.Instant.now() + " node " + number + " " + next);
  }

  /** What happened since the last look. */
  void look() {
    if (child == null) {
      return;
    }
    if (!child.isAlive()) {
      ended();
    } else if (phase == NodeState.Phase.STARTING) {
      if (answeredReady.get()) {
        member = true;
        earlyDeaths = 0;
        reason = "";
        enter(NodeState.Phase.READY);
      } else if (longer(START_LIMIT)) {
        child.kill9();
      } else {
        probe();
      }
    } else if (phase == NodeState.Phase.STOPPING && longer(STOP_LIMIT)) {
      child.kill9();
    }
  }

  private void ended() {
    child = null;
    if (phase == NodeState.Phase.STARTING) {
      earlyDeaths++;
      reason = LastWords.of(log());
    }
    if (earlyDeaths >= MOST_EARLY_DEATHS) {
      wanted = false;
    }
    long pause = Math.min(MOST_BACKOFF_SECONDS, earlyDeaths);
    startAt = System.nanoTime() + Duration.ofSeconds(pause).toNanos();
    enter(NodeState.Phase.STOPPED);
  }

  private boolean longer(Duration limit) {
    return System.nanoTime() - since > limit.toNanos();
  }

  private void probe() {
    if (probing) {
      return;
    }
    probing = true;
    AtomicBoolean answer = answeredReady;
    HttpRequest request =
        HttpRequest.newBuilder(state().api(options.local().httpPort()).resolve("/v1/health/ready"))
            .timeout(PROBE_LIMIT)
            .build();
    var unused =
        HTTP.sendAsync(request, HttpResponse.BodyHandlers.discarding())
            .handle(
                (response, failure) -> {
                  answer.set(failure == null && response.statusCode() == 200);
                  probing = false;
                  return null;
                });
  }

  /** SIGKILL. */
  void kill(boolean stayDown) {
    wanted = !stayDown;
    running().kill9();
  }

  void pause() {
    beforePause = phase;
    running().pause();
    enter(NodeState.Phase.PAUSED);
  }

  void resume() {
    running().resume();
    enter(beforePause);
  }

  /** SIGTERM: Akka's coordinated shutdown hands everything over. */
  void stop() {
    wanted = false;
    ChildProcess process = running();
    if (process.isPaused()) {
      process.resume();
    }
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
    enter(NodeState.Phase.STOPPING);
  }

  /** To be started again by the next look. */
  void want() {
    wanted = true;
    earlyDeaths = 0;
    reason = "";
    startAt = System.nanoTime();
  }

  void close() {
    if (child != null) {
      child.close();
    }
  }

  private ChildProcess running() {
    if (child == null) {
      throw new IllegalStateException("node " + number + " does not run");
    }
    return child;
  }
}
