package witan.load.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import witan.load.client.LoadClient;
import witan.load.client.Stack;
import witan.load.client.Stranger;
import witan.load.drive.History;
import witan.load.drive.Observation;

/**
 * Breaks a running stack by a schedule that is a function of the seed, in a thread of its own. What
 * is killed is started again by the stack's supervisor; the next fault waits until every node is
 * ready again, or a limit has passed. Half of the faults of one node hit the one that has the
 * sequencer. What was paused or cut is resumed and healed, also when the run ends.
 */
public final class Faults implements AutoCloseable {
  /** Over before anybody suspects anything; what was sent meanwhile comes late. */
  private static final Duration BLIP = Duration.ofSeconds(2);

  private static final Duration READY_LIMIT = Duration.ofMinutes(3);

  /** The supervisor needs a moment to see that somebody died. */
  private static final long SEEN_MS = 2_000;

  /** A node that others gave up looks ready until it finds out, and ends then. */
  private static final long GIVEN_UP_MS = 8_000;

  private static final long LOOK_MS = 250;

  /** A rolling restart that has begun is waited for. */
  private static final long JOIN_LIMIT_MS = 300_000;

  private final Stack stack;
  private final LoadClient api;
  private final History history;
  private final List<Kind> schedule;
  private final Random random;
  private final boolean once;
  private final Duration length;
  private final Network network;
  private final List<String> bases;
  private final Thread thread;
  private final Set<Kind> done = ConcurrentHashMap.newKeySet();
  private volatile int injected;
  private volatile boolean stopped;

  /**
   * Does nothing before {@link #start()}.
   *
   * @param schedule in this order
   * @param once and not again and again
   * @param length how long a node is paused or cut off, and two clusters live: longer than the
   *     failure detector and the split-brain resolver need to give a node up, some 12 s
   * @param remotePort of the nodes
   */
  public Faults(
      Stack stack,
      LoadClient api,
      History history,
      List<Kind> schedule,
      boolean once,
      long seed,
      Duration length,
      int remotePort) {
    this.stack = stack;
    this.api = api;
    this.history = history;
    this.schedule = List.copyOf(schedule);
    this.random = new Random(seed);
    this.once = once;
    this.length = length;
    this.network = new Network(remotePort);
    this.bases = api.bases();
    this.thread = new Thread(this::run, "faults");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Every fault of the schedule was injected, and the nodes were ready again or given up on. */
  public boolean onceThrough() {
    return injected >= schedule.size();
  }

  /**
   * Kinds of the schedule that have not once been done to anybody: nobody was there, or not yet.
   */
  public Set<Kind> missed() {
    Set<Kind> missed = EnumSet.noneOf(Kind.class);
    missed.addAll(schedule);
    missed.removeAll(done);
    return missed;
  }

  private void run() {
    int most = once || schedule.isEmpty() ? schedule.size() : Integer.MAX_VALUE;
    try {
      for (int i = 0; !stopped && i < most; i++) {
        long calm = length.toMillis() / 10;
        sleep(calm + random.nextInt((int) (2 * calm)));
        if (!stopped) {
          Kind kind = schedule.get(i % schedule.size());
          if (inject(kind)) {
            done.add(kind);
          }
          sleep(kind.isGivenUp() ? GIVEN_UP_MS : SEEN_MS);
          awaitReady();
          injected = i + 1;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      say("the faults end: " + e.getMessage());
    }
  }

  /** False: there was nobody to do it to. */
  private boolean inject(Kind kind) throws IOException, InterruptedException {
    return switch (kind) {
      case ROLLING_RESTART -> {
        say("rolling restart");
        stack.run("restart", "--rolling");
        yield true;
      }
      case KILL_DATABASE -> killDatabase();
      case PAUSE_DATABASE -> pause("the database", stack.database());
      case PAUSE_CHAIN -> pause("the chain", stack.chain());
      case SPLIT_BRAIN -> splitBrain();
      default -> {
        Map<String, ProcessHandle> nodes = stack.nodes();
        if (nodes.isEmpty()) {
          yield false;
        }
        String victim = victim(new ArrayList<>(nodes.keySet()));
        yield one(kind, victim, nodes.get(victim), new ArrayList<>(nodes.keySet()));
      }
    };
  }

  private boolean one(Kind kind, String name, @Nullable ProcessHandle node, List<String> all)
      throws IOException, InterruptedException {
    if (node == null) {
      return false;
    }
    return switch (kind) {
      case KILL_NODE -> {
        say("kill -9 of node " + name);
        Stack.signal(node, "KILL");
        yield true;
      }
      case RESTART_NODE -> {
        say("clean stop of node " + name);
        Stack.signal(node, "TERM");
        yield true;
      }
      case PAUSE_NODE -> pause("node " + name, Optional.of(node));
      default -> cut(kind, name, all);
    };
  }

  /** The same draws whoever has the sequencer. */
  private String victim(List<String> nodes) throws InterruptedException {
    boolean sequencer = random.nextBoolean();
    String any = nodes.get(random.nextInt(nodes.size()));
    return sequencer ? sequencerNode().filter(nodes::contains).orElse(any) : any;
  }

  private Optional<String> sequencerNode() throws InterruptedException {
    for (String base : bases) {
      try {
        byte[] status = api.tryGet(base, "/v1/status");
        if (status != null) {
          String at = LoadClient.JSON.readTree(status).path("sequencer").asText();
          return Optional.of(at.replaceFirst(":.*", ""));
        }
      } catch (IOException down) {
        // The next one knows.
      }
    }
    return Optional.empty();
  }

  private boolean killDatabase() throws IOException {
    Optional<ProcessHandle> database = stack.database();
    if (database.isPresent()) {
      say("kill -9 of the database, process " + database.get().pid());
      Stack.signal(database.get(), "KILL");
    }
    return database.isPresent();
  }

  private boolean pause(String what, Optional<ProcessHandle> process)
      throws IOException, InterruptedException {
    if (process.isEmpty()) {
      return false;
    }
    say("SIGSTOP of " + what + " for " + length.toSeconds() + " s");
    Stack.signal(process.get(), "STOP");
    try {
      sleep(length.toMillis());
    } finally {
      Stack.signal(process.get(), "CONT");
      say("SIGCONT of " + what);
    }
    return true;
  }

  private boolean cut(Kind kind, String name, List<String> all)
      throws IOException, InterruptedException {
    List<String> others = new ArrayList<>(all);
    others.remove(name);
    Duration time = random.nextInt(3) == 0 ? BLIP : length;
    boolean oneOther = random.nextBoolean();
    String other = others.isEmpty() ? name : others.get(random.nextInt(others.size()));
    List<String> to = kind == Kind.ONE_WAY && oneOther ? List.of(other) : others;
    if (others.isEmpty()) {
      return false;
    }
    say(
        (kind == Kind.ONE_WAY ? "one way: lost is what " : "partition: lost is what ")
            + name
            + (kind == Kind.ONE_WAY ? " sends to " : " sends to, or gets from, ")
            + to
            + " for "
            + time.toSeconds()
            + " s");
    network.cut(List.of(name), to);
    try {
      if (kind == Kind.PARTITION) {
        network.cut(to, List.of(name));
      }
      sleep(time.toMillis());
    } finally {
      network.heal();
      say("healed");
    }
    return true;
  }

  private boolean splitBrain() throws IOException, InterruptedException {
    Optional<Stranger> started = Stranger.start(stack);
    if (started.isEmpty()) {
      say("no node lives that a second cluster could be copied from");
      return false;
    }
    try (Stranger stranger = started.get()) {
      say("a second cluster starts on the same database: " + stranger.base());
      long begin = System.nanoTime();
      while (!stopped && stranger.isAlive() && !listens(stranger.base()) && !passed(begin)) {
        sleep(LOOK_MS);
      }
      boolean lives = !stopped && stranger.isAlive();
      if (lives) {
        say("the second cluster takes requests for " + length.toSeconds() + " s");
        api.add(stranger.base());
        sleep(length.toMillis());
      }
      api.remove(stranger.base());
      say("kill -9 of the second cluster");
      return lives;
    }
  }

  private void awaitReady() throws InterruptedException {
    long begin = System.nanoTime();
    while (!stopped && !passed(begin)) {
      if (allReady()) {
        say("ready again after " + (System.nanoTime() - begin) / 1_000_000 + " ms more");
        return;
      }
      sleep(LOOK_MS);
    }
    if (!stopped) {
      say("NOT READY after " + READY_LIMIT.toSeconds() + " s");
    }
  }

  private static boolean passed(long begin) {
    return System.nanoTime() - begin > READY_LIMIT.toNanos();
  }

  private boolean allReady() throws InterruptedException {
    for (String base : bases) {
      if (!ready(base)) {
        return false;
      }
    }
    return true;
  }

  private boolean ready(String base) throws InterruptedException {
    try {
      return api.tryGet(base, "/v1/health/ready") != null;
    } catch (IOException down) {
      return false;
    }
  }

  /** Ready or not: it is not asked for its good answers. */
  private boolean listens(String base) throws InterruptedException {
    try {
      var unused = api.tryGet(base, "/v1/health/live");
      return true;
    } catch (IOException down) {
      return false;
    }
  }

  private void say(String what) {
    System.out.println("  FAULT " + what);
    history.add(new Observation.Fault(System.currentTimeMillis(), what));
  }

  private void sleep(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!stopped && System.nanoTime() < end) {
      Thread.sleep(Math.min(LOOK_MS, millis));
    }
  }

  /** Ends the fault that is under way, and undoes it. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(JOIN_LIMIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
