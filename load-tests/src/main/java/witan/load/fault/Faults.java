package witan.load.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import witan.load.client.LoadClient;
import witan.load.client.Stack;
import witan.load.drive.History;
import witan.load.drive.Observation;

/**
 * Breaks a running stack by a schedule that is a function of the seed, in a thread of its own. What
 * is killed is started again by the stack's supervisor; the next fault waits until every node is
 * ready again, or a limit has passed. What was paused is resumed, also when the run ends.
 *
 * <p>Network partitions are not among them: all nodes of a local stack share the loopback device of
 * one network namespace, so a cut between two of them would need a namespace per node, and a
 * launcher that starts nodes in it.
 */
public final class Faults implements AutoCloseable {
  /** Longer than the failure detector and the split-brain resolver need to give a node up. */
  private static final Duration PAUSE = Duration.ofSeconds(20);

  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final int CALM_MS = 4_000;
  private static final long LOOK_MS = 250;
  private static final long JOIN_LIMIT_MS = 60_000;

  /** What can be done. */
  public enum Kind {
    KILL_NODE,
    PAUSE_NODE,
    RESTART_NODE,
    KILL_DATABASE,
    ROLLING_RESTART
  }

  private final Stack stack;
  private final LoadClient api;
  private final History history;
  private final List<Kind> schedule;
  private final Random random;
  private final Thread thread;
  private volatile int injected;
  private volatile boolean stopped;
  private volatile @Nullable ProcessHandle paused;

  /**
   * Does nothing before {@link #start()}.
   *
   * @param schedule in this order, then again from the start
   */
  public Faults(Stack stack, LoadClient api, History history, List<Kind> schedule, long seed) {
    this.stack = stack;
    this.api = api;
    this.history = history;
    this.schedule = List.copyOf(schedule);
    this.random = new Random(seed);
    this.thread = new Thread(this::run, "faults");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Every kind once, in an order that the seed chooses; a rolling restart needs several nodes. */
  public static List<Kind> schedule(long seed, int nodes) {
    List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
    if (nodes < 2) {
      kinds.remove(Kind.ROLLING_RESTART);
    }
    java.util.Collections.shuffle(kinds, new Random(seed));
    return kinds;
  }

  public static void sayWhatIsMissing() {
    System.out.println(
        "  NOT EXERCISED: network partitions and clock skew. All nodes of a local stack share one"
            + " network namespace and one clock; the launcher cannot yet start a node in its own.");
  }

  /** Every fault of the schedule was injected, and the nodes were ready again or given up on. */
  public boolean onceThrough() {
    return injected >= schedule.size();
  }

  private void run() {
    try {
      for (int i = 0; !stopped && !schedule.isEmpty(); i++) {
        sleep(CALM_MS / 2 + random.nextInt(CALM_MS));
        if (!stopped) {
          inject(schedule.get(i % schedule.size()));
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

  private void inject(Kind kind) throws IOException, InterruptedException {
    if (kind == Kind.ROLLING_RESTART) {
      say("rolling restart");
      stack.run("restart", "--rolling");
      return;
    }
    if (kind == Kind.KILL_DATABASE) {
      var database = stack.database();
      if (database.isPresent()) {
        say("kill -9 of the database, process " + database.get().pid());
        Stack.signal(database.get(), "KILL");
      }
      return;
    }
    List<String> names = new ArrayList<>(stack.nodes().keySet());
    if (names.isEmpty()) {
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    ProcessHandle node = stack.nodes().get(name);
    if (node == null) {
      return;
    }
    switch (kind) {
      case KILL_NODE -> {
        say("kill -9 of node " + name);
        Stack.signal(node, "KILL");
      }
      case RESTART_NODE -> {
        say("clean stop of node " + name);
        Stack.signal(node, "TERM");
      }
      default -> pause(name, node);
    }
  }

  private void pause(String name, ProcessHandle node) throws IOException, InterruptedException {
    say("SIGSTOP of node " + name + " for " + PAUSE.toSeconds() + " s");
    paused = node;
    Stack.signal(node, "STOP");
    try {
      sleep(PAUSE.toMillis());
    } finally {
      Stack.signal(node, "CONT");
      paused = null;
      say("SIGCONT of node " + name);
    }
  }

  private void awaitReady() throws InterruptedException {
    // The supervisor needs a moment to see that somebody died.
    sleep(CALM_MS / 2);
    long begin = System.nanoTime();
    while (!stopped && System.nanoTime() - begin < READY_LIMIT.toNanos()) {
      if (ready()) {
        say("ready again after " + (System.nanoTime() - begin) / 1_000_000 + " ms more");
        return;
      }
      sleep(LOOK_MS);
    }
  }

  private boolean ready() throws InterruptedException {
    for (String base : api.bases()) {
      try {
        if (api.tryGet(base, "/v1/health/ready") == null) {
          return false;
        }
      } catch (IOException down) {
        return false;
      }
    }
    return true;
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

  @Override
  public void close() throws IOException {
    stopped = true;
    try {
      thread.join(JOIN_LIMIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ProcessHandle node = paused;
    if (node != null) {
      Stack.signal(node, "CONT");
    }
  }
}
