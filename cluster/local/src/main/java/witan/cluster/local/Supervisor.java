package witan.cluster.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import witan.cluster.settings.DataFolder;
import witan.cluster.settings.RunState;
import witan.dev.AnvilProcess;
import witan.dev.CassandraProcess;

/**
 * Runs database, chain and nodes as children and starts again whichever dies, unless it was stopped
 * on purpose. The children die with this process, however it ends; their data does not.
 */
final class Supervisor implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final StackOptions options;
  private final DataFolder folder;
  private final DatabaseUsers users;
  private final Control control;
  private final LocalNodes nodes;
  private RunState.Phase phase = RunState.Phase.STARTING;
  private String detail = "starting";
  private @Nullable RunState written;
  private @Nullable String failure;
  private @Nullable Backing<CassandraProcess> database;
  private @Nullable Backing<AnvilProcess> chain;
  private @Nullable NodeCertificates certificates;
  private @Nullable SecuredDatabase security;
  private long startedAt;

  Supervisor(StackOptions options, DatabaseUsers users) {
    this.options = options;
    this.users = users;
    this.folder = options.local().folder().create();
    this.control = new Control(folder);
    this.nodes = new LocalNodes(options, this::secured);
  }

  /** Returns when it is asked to stop. */
  void run() throws IOException, InterruptedException {
    try (FileChannel channel =
            FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new IllegalStateException("another supervisor holds " + folder.lock());
      }
      Files.deleteIfExists(folder.stopRequest());
      control.clear();
      try {
        startBackings();
        startNodes();
        watch();
      } catch (RuntimeException e) {
        failure = e.getMessage() == null ? e.toString() : e.getMessage();
        throw e;
      }
    }
  }

  /** Variables that name the files by which a node shows who it is. */
  private Map<String, String> secured(int number) {
    Map<String, String> variables =
        new TreeMap<>(Objects.requireNonNull(certificates).environment(number));
    if (security != null) {
      variables.putAll(security.environment());
    }
    return variables;
  }

  private void startBackings() {
    startedAt = System.nanoTime();
    say(
        RunState.Phase.STARTING,
        "starting the database (Cassandra) and the development chain (anvil)");
    certificates = new NodeCertificates(options, options.nodes());
    security = options.secureDatabase() ? new SecuredDatabase(folder) : null;
    chain = new Backing<>("the chain", this::startChain, AnvilProcess::isAlive, AnvilProcess::pid);
    database =
        new Backing<>(
            "the database", this::startDatabase, CassandraProcess::isAlive, CassandraProcess::pid);
    database.await();
    say(RunState.Phase.STARTING, "the database answers " + after());
    chain.await();
  }

  /** The first founds the cluster and makes keys and tables; then the others, all at once. */
  private void startNodes() throws InterruptedException {
    say(RunState.Phase.STARTING, "the chain answers; starting node 1");
    nodes.add();
    awaitNodes();
    if (options.nodes() > 1) {
      say(RunState.Phase.STARTING, "node 1 is ready " + after() + "; starting the others");
      while (nodes.states().size() < options.nodes()) {
        nodes.add();
      }
      awaitNodes();
    }
    say(RunState.Phase.READY, "ready " + after());
  }

  private void awaitNodes() throws InterruptedException {
    while (!nodes.allReady() && !Files.exists(folder.stopRequest())) {
      nodes.look();
      nodes
          .failed()
          .ifPresent(
              node -> {
                throw new IllegalStateException(
                    "node "
                        + node.number()
                        + " ended before it was ready: "
                        + node.state().reason()
                        + "; see "
                        + node.log());
              });
      publish();
      Thread.sleep(LOOK.toMillis());
    }
  }

  private void watch() throws IOException, InterruptedException {
    while (!Files.exists(folder.stopRequest())) {
      if (database != null && chain != null) {
        database.look();
        chain.look();
        boolean both = database.up() && chain.up();
        if (both != (phase == RunState.Phase.READY)) {
          say(
              both ? RunState.Phase.READY : RunState.Phase.RESTARTING,
              both ? "ready" : "database or chain died and is being started again");
        }
      }
      nodes.look();
      control.answer(nodes::request);
      publish();
      Thread.sleep(LOOK.toMillis());
    }
  }

  private CassandraProcess startDatabase() {
    CassandraProcess.Options plain =
        CassandraProcess.Options.in(folder.cassandra())
            .withPorts(options.local().cassandraPort(), options.local().cassandraPort() + 1);
    SecuredDatabase demanding = security;
    if (demanding == null) {
      return CassandraProcess.start(plain);
    }
    CassandraProcess started = CassandraProcess.start(plain.withSecurity(demanding.demands()));
    demanding.makeUser(started.contactPoint(), users);
    return started;
  }

  private AnvilProcess startChain() {
    return AnvilProcess.start(
        AnvilProcess.Options.at(folder.chain().resolve("state.json"))
            .withPort(options.local().chainPort())
            .withBlockTime(options.local().blockTimeSeconds()));
  }

  private String after() {
    return "after " + Duration.ofNanos(System.nanoTime() - startedAt).toSeconds() + " s";
  }

  private void say(RunState.Phase now, String text) {
    phase = now;
    detail = text;
    System.out.println(java.time.Instant.now() + " " + now + " " + text);
    publish();
  }

  private void publish() {
    RunState state =
        new RunState(
            phase,
            detail,
            ProcessHandle.current().pid(),
            options.local().httpPort(),
            database == null ? -1 : database.pid(),
            chain == null ? -1 : chain.pid(),
            nodes.states());
    if (!state.equals(written)) {
      state.write(folder.state());
      written = state;
    }
  }

  /** Nodes first, so that nothing is written while chain and database close. */
  @Override
  public void close() {
    say(RunState.Phase.STOPPING, "stopping");
    nodes.close();
    close(chain);
    close(database);
    if (failure == null) {
      say(RunState.Phase.STOPPED, "stopped");
    } else {
      say(RunState.Phase.FAILED, failure);
    }
  }

  private static void close(@Nullable Backing<?> part) {
    if (part == null) {
      return;
    }
    try {
      part.close();
    } catch (Exception e) {
      System.out.println("while stopping: " + e);
    }
  }
}
