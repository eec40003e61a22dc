package witan.cluster.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import witan.dev.AnvilProcess;
import witan.dev.CassandraProcess;
import witan.dev.ChildProcess;
import witan.dev.WitanRoot;

/**
 * Runs database, chain and node as children and starts again whichever dies. The children die with
 * this process, however it ends; their data does not.
 */
final class Supervisor implements AutoCloseable {
  private static final Duration NODE_START_LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int MOST_RESTARTS_IN_A_ROW = 10;
  private static final Duration CALM = Duration.ofMinutes(1);

  private final LocalOptions options;
  private final DataFolder folder;
  private @Nullable String failure;
  private @Nullable CassandraProcess database;
  private @Nullable AnvilProcess chain;
  private @Nullable ChildProcess node;
  private long startedAt;

  Supervisor(LocalOptions options) {
    this.options = options;
    this.folder = options.folder().create();
  }

  void run() throws IOException, InterruptedException {
    try (FileChannel channel =
            FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new IllegalStateException("another supervisor holds " + folder.lock());
      }
      Files.deleteIfExists(folder.stopRequest());
      try {
        startAll();
        watch();
      } catch (RuntimeException e) {
        failure = e.getMessage() == null ? e.toString() : e.getMessage();
        throw e;
      }
    }
  }

  private void startAll() {
    startedAt = System.nanoTime();
    say(
        RunState.Phase.STARTING,
        "starting the database (Cassandra) and the development chain (anvil)");
    CompletableFuture<AnvilProcess> anvil = CompletableFuture.supplyAsync(this::startChain);
    database = startDatabase();
    say(RunState.Phase.STARTING, "the database answers " + after());
    chain = anvil.join();
    say(RunState.Phase.STARTING, "the chain answers; starting the node");
    node = startNode();
    say(RunState.Phase.READY, "ready " + after());
  }

  private void watch() throws InterruptedException {
    int restarts = 0;
    long lastRestart = System.nanoTime();
    while (!Files.exists(folder.stopRequest())) {
      Thread.sleep(LOOK.toMillis());
      String died = restartTheDead();
      if (died == null) {
        continue;
      }
      long now = System.nanoTime();
      restarts = now - lastRestart > CALM.toNanos() ? 1 : restarts + 1;
      lastRestart = now;
      if (restarts > MOST_RESTARTS_IN_A_ROW) {
        throw new IllegalStateException(died + " keeps dying; see " + folder.logs());
      }
      say(RunState.Phase.READY, "ready (" + died + " died and was started again)");
    }
  }

  private @Nullable String restartTheDead() {
    if (database != null && !database.isAlive()) {
      say(RunState.Phase.RESTARTING, "the database died; starting it again");
      database = startDatabase();
      return "the database";
    }
    if (chain != null && !chain.isAlive()) {
      say(RunState.Phase.RESTARTING, "the chain died; starting it again");
      chain = startChain();
      return "the chain";
    }
    if (node != null && !node.isAlive()) {
      say(RunState.Phase.RESTARTING, "the node died; starting it again");
      node = startNode();
      return "the node";
    }
    return null;
  }

  private CassandraProcess startDatabase() {
    return CassandraProcess.start(
        CassandraProcess.Options.in(folder.cassandra())
            .withPorts(options.cassandraPort, options.cassandraPort + 1));
  }

  private AnvilProcess startChain() {
    return AnvilProcess.start(
        AnvilProcess.Options.at(folder.chain().resolve("state.json"))
            .withPort(options.chainPort)
            .withBlockTime(options.blockTimeSeconds));
  }

  private ChildProcess startNode() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseG1GC", "-Xmx768m", "-XX:+ExitOnOutOfMemoryError"));
    command.add("-Dwitan.root=" + WitanRoot.find());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("witan.cluster.Main", "node"));
    ChildProcess child =
        ChildProcess.start(
            "node",
            new ChildProcess.Options(
                command,
                folder.logs().resolve("node.out"),
                options.environment(),
                Duration.ofSeconds(30),
                true));
    child.awaitPort(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), options.httpPort),
        NODE_START_LIMIT);
    return child;
  }

  private String after() {
    return "after " + Duration.ofNanos(System.nanoTime() - startedAt).toSeconds() + " s";
  }

  private void say(RunState.Phase phase, String detail) {
    System.out.println(java.time.Instant.now() + " " + phase + " " + detail);
    new RunState(phase, detail, ProcessHandle.current().pid(), options.httpPort)
        .write(folder.state());
  }

  /** Node first, so that nothing is written while chain and database close. */
  @Override
  public void close() {
    say(RunState.Phase.STOPPING, "stopping");
    for (AutoCloseable part : parts()) {
      try {
        part.close();
      } catch (Exception e) {
        System.out.println("while stopping: " + e);
      }
    }
    if (failure == null) {
      say(RunState.Phase.STOPPED, "stopped");
    } else {
      say(RunState.Phase.FAILED, failure);
    }
  }

  private List<AutoCloseable> parts() {
    List<AutoCloseable> parts = new ArrayList<>();
    for (AutoCloseable part : new @Nullable AutoCloseable[] {node, chain, database}) {
      if (part != null) {
        parts.add(part);
      }
    }
    return parts;
  }
}
