package witan.cluster.it;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import witan.actors.execution.ExecutorKeySettings;
import witan.actors.node.NodeRoles;
import witan.cluster.Main;
import witan.cluster.node.CrashPoints;
import witan.cluster.node.NodeUnderTest;
import witan.dev.AnvilProcess;
import witan.dev.CassandraProcess;
import witan.dev.ChildProcess;
import witan.dev.ChildProcessException;
import witan.dev.DevAuthority;
import witan.dev.Ports;
import witan.dev.ProcessRecord;
import witan.http.auth.TokenKey;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.NoteSigner;
import witan.secret.SecretFile;

/**
 * Database, chain and one node as processes that may be killed: one of each for all tests of a
 * virtual machine, since starting them costs more than the tests. Every test finds them running and
 * a council founded, and at its end the whole log is checked, that of the tests before it included.
 */
final class Stack implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  static final String COUNCIL = "under-test";
  static final String ORIGIN = "witan.test/log";
  private static final Duration NODE_START_LIMIT = Duration.ofMinutes(2);

  /** Gives tests the one stack and checks after each of them. */
  static final class Provider implements ParameterResolver, BeforeEachCallback, AfterEachCallback {
    private static Stack stack(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .getOrComputeIfAbsent(Stack.class, type -> new Stack(), Stack.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return stack(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
      stack(context).ready();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
      if (context.getExecutionException().isEmpty()) {
        stack(context).checker.check();
      }
    }
  }

  private final Path folder;
  private final Path points;
  private final int httpPort = Ports.free();
  private final int remotePort = Ports.free();
  private CassandraProcess.Options databaseOptions;
  private AnvilProcess.Options chainOptions;
  private CassandraProcess database;
  private AnvilProcess anvil;
  private ChildProcess node;
  private boolean adoptsNewChains;
  private DevAuthority authority;
  private DevAuthority.Issued certificate;

  /** How often the log was adopted, as the next node that is started is told. */
  int generation;

  final Api api;
  final Cases cases;
  final Checker checker;
  private byte[] founding;

  private Stack() {
    this(Path.of("target", "it-shared-" + System.getProperty("witan.fork", "")), "");
  }

  /**
   * A stack of one test class's own.
   *
   * @param folder deleted first
   * @param settings HOCON besides what all have; {@code %s} is the folder
   */
  Stack(Path folder, String settings) {
    this.folder = folder.toAbsolutePath();
    this.points = this.folder.resolve("points");
    try {
      deleteTree(folder);
      Files.createDirectories(points);
      Path tokenKey = Files.createDirectories(folder.resolve("keys")).resolve("token.key");
      SecretFile.createIfMissing(
          tokenKey,
          () -> "a token key for tests, of 32 bytes or more".getBytes(StandardCharsets.UTF_8));
      Files.writeString(
          folder.resolve("test.conf"),
          """
          witan.anchor { interval = 3s, backoff-max = 2s, rpc-timeout = 2s, poll-interval = 200ms }
          witan.driver { wake = 2s, proposal-wait = 0s }
          """
              + settings.formatted(this.folder));
      api = new Api(httpPort, TokenKey.read(tokenKey), ORIGIN);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    databaseOptions = CassandraProcess.Options.in(folder.resolve("cassandra"));
    chainOptions = AnvilProcess.Options.at(folder.resolve("chain/state.json")).withBlockTime(1);
    cases = new Cases(this);
    checker = new Checker(this, folder.resolve("bundles"));
  }

  /** Starts what is down and disarms what a failed test left armed. */
  void ready() throws Exception {
    for (CrashPoints.Point point : CrashPoints.Point.values()) {
      Files.deleteIfExists(points.resolve(point.name()));
      Files.deleteIfExists(points.resolve(point + ".reached"));
    }
    startDatabase();
    startChain();
    startNode(true);
    if (founding == null) {
      JsonNode registry = registry();
      founding =
          Ballots.founding(
              Ballots.charter(
                  registry.get("chainId").longValue(), registry.get("contract").textValue()));
      api.found(founding);
    }
  }

  byte[] founding() {
    return founding;
  }

  Path folder() {
    return folder;
  }

  /** What the node said so far, in all its lives. */
  String nodeLog() throws IOException {
    return Files.readString(folder.resolve("node.log"));
  }

  /** What is anchored to; waits for the first deployment. */
  JsonNode registry() throws Exception {
    Await.until("the registry", () -> api.json("/v1/anchors").get("registry").isObject());
    return api.json("/v1/anchors").get("registry");
  }

  /** From now on, and before its first start. */
  void secure(CassandraProcess.Secured secured) {
    databaseOptions = databaseOptions.withSecurity(secured);
  }

  /** From now on, and before its first start: the node has a certificate and believes its kind. */
  void certify() {
    authority = DevAuthority.make(folder.resolve("authority"));
    certificate = authority.issueNode("node", Set.copyOf(NodeRoles.ALL), "ip:127.0.0.1");
  }

  /** Whose certificates the node believes. */
  DevAuthority authority() {
    return authority;
  }

  void startDatabase() {
    if (database == null || !database.isAlive()) {
      database = CassandraProcess.start(databaseOptions);
      databaseOptions = database.options();
    }
  }

  void startChain() {
    if (anvil == null || !anvil.isAlive()) {
      anvil = AnvilProcess.start(chainOptions);
      chainOptions = anvil.options();
    }
  }

  /** Returns when its API listens. */
  void startNode(boolean adoptNewChains) {
    if (node != null && node.isAlive()) {
      if (adoptsNewChains == adoptNewChains) {
        return;
      }
      node.close();
    }
    adoptsNewChains = adoptNewChains;
    node =
        ChildProcess.start(
            "node",
            new ChildProcess.Options(
                TestJvm.recordedCommand("512m", NodeUnderTest.class, points.toString()),
                folder.resolve("node.log"),
                environment(),
                Duration.ofSeconds(30),
                true));
    node.awaitPort(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort), NODE_START_LIMIT);
    TestJvm.archive();
  }

  /**
   * A node as {@code witan node} runs it, beside none, until it ends by itself.
   *
   * @param config wins over all that nodes here are told
   * @return what it said, with the exit code that it ended with
   */
  String refusedNode(String config) throws IOException {
    Path file = folder.resolve("refused.conf");
    Files.writeString(file, Files.readString(folder.resolve("test.conf")) + config);
    Map<String, String> environment = environment();
    environment.put("WITAN_CONFIG", file.toString());
    ChildProcess refused =
        ChildProcess.start(
            "refused node",
            new ChildProcess.Options(
                TestJvm.command("256m", Main.class, "node"),
                folder.resolve("refused.log"),
                environment,
                Duration.ofSeconds(30),
                true));
    try {
      refused.awaitEnd(NODE_START_LIMIT);
      throw new AssertionError("it ended as if all were well: " + refused.logTail());
    } catch (ChildProcessException ended) {
      return String.valueOf(ended.getMessage());
    }
  }

  /** What a command of {@code witan} says that runs where the node does. */
  record Said(int exit, String text) {}

  Said witan(String... arguments) throws IOException, InterruptedException {
    List<String> command = TestJvm.command("256m", Main.class, arguments);
    Path errors = folder.resolve("command.log");
    ProcessBuilder process = new ProcessBuilder(command).redirectError(errors.toFile());
    process.environment().putAll(environment());
    Path out = Files.createTempFile(folder, "command", ".out");
    Process running = process.redirectOutput(out.toFile()).start();
    ProcessRecord.started("command");
    if (!running.waitFor(NODE_START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      running.destroyForcibly();
      throw new AssertionError(command + " did not end");
    }
    return new Said(
        running.exitValue(),
        running.exitValue() == 0 ? Files.readString(out) : Files.readString(errors));
  }

  /** What a process of this council is told. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.putAll(reach());
    if (certificate != null) {
      environment.putAll(certificate(certificate));
    }
    environment.put("WITAN_CONFIG", folder.resolve("test.conf").toString());
    environment.put("WITAN_HTTP_PORT", Integer.toString(httpPort));
    environment.put("WITAN_REMOTE_PORT", Integer.toString(remotePort));
    environment.put("WITAN_LOG_GENERATION", Integer.toString(generation));
    environment.put("WITAN_LOG_KEY_FILE", folder.resolve("keys/log.key").toString());
    environment.put("WITAN_LOG_PUBLIC_KEY_FILE", folder.resolve("keys/log.pub").toString());
    environment.put("WITAN_EXECUTOR_KEY_FILE", folder.resolve("keys/executor.key").toString());
    environment.put("WITAN_TOKEN_KEY_FILE", folder.resolve("keys/token.key").toString());
    environment.put("WITAN_PSEUDONYM_KEY_FILE", folder.resolve("keys/pseudonym.key").toString());
    environment.put("WITAN_CREATE_KEYS", "true");
    environment.put("WITAN_EXECUTION_FEED_FILE", folder.resolve("feed.json").toString());
    environment.put("WITAN_LOG_MEMORY_FILE", memoryFile().toString());
    environment.put("WITAN_ANCHOR_RPC", anvil.rpcUri().toString());
    environment.put("WITAN_ANCHOR_KEY_FILE", folder.resolve("keys/anchor.key").toString());
    environment.put("WITAN_ANCHOR_NUDGE_DELAY", "100ms");
    environment.put("WITAN_ANCHOR_REDEPLOY_ON_NEW_CHAIN", Boolean.toString(adoptsNewChains));
    return environment;
  }

  /** Which council's rows are in which database. */
  private Map<String, String> reach() {
    return Map.of(
        "WITAN_COUNCIL",
        COUNCIL,
        "WITAN_LOG_ORIGIN",
        ORIGIN,
        "WITAN_CASSANDRA_CONTACT_POINT",
        "127.0.0.1:" + database.contactPoint().getPort());
  }

  private Map<String, String> certificate(DevAuthority.Issued own) {
    return Map.of(
        "WITAN_NODE_CERTIFICATE_FILE",
        own.certificate().toString(),
        "WITAN_NODE_KEY_FILE",
        own.key().toString(),
        "WITAN_NODE_AUTHORITY_FILE",
        authority.certificate().toString());
  }

  /** What somebody is told who has that certificate, reaches the database, and has no other key. */
  Map<String, String> environmentOf(DevAuthority.Issued own) {
    Map<String, String> environment = new HashMap<>(reach());
    environment.putAll(certificate(own));
    return environment;
  }

  /** What the node remembers of the log outside the database. */
  Path memoryFile() {
    return folder.resolve("log.memory");
  }

  /** SIGKILL. */
  void killNode() {
    node.kill9();
  }

  /** SIGTERM. */
  void stopNode() {
    node.close();
  }

  /** Whom an auditor believes that acts here. */
  NoteKey executorKey() throws IOException {
    return NoteSigner.ofPkcs8(
            ExecutorKeySettings.defaultName(ORIGIN),
            Files.readAllBytes(folder.resolve("keys/executor.key")))
        .key();
  }

  AnvilProcess anvil() {
    return anvil;
  }

  CassandraProcess database() {
    return database;
  }

  void arm(CrashPoints.Point point) throws IOException {
    Files.createFile(points.resolve(point.name()));
  }

  void awaitReached(CrashPoints.Point point) throws Exception {
    Path reached = points.resolve(point + ".reached");
    Await.until("the node at " + point, () -> Files.exists(reached));
  }

  /** Rows of the journal, by manifest, of the persistence ids that begin so. */
  Map<String, Long> journalRows(String prefix) {
    Map<String, Long> rows = new HashMap<>();
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(database.contactPoint())
            .withLocalDatacenter("datacenter1")
            .build()) {
      for (Row row :
          session.execute("SELECT persistence_id, ser_manifest FROM witan_journal.messages")) {
        if (String.valueOf(row.getString("persistence_id")).startsWith(prefix)) {
          rows.merge(String.valueOf(row.getString("ser_manifest")), 1L, Long::sum);
        }
      }
    }
    return rows;
  }

  /** What was done to clusters for that case: lines of step and fence, in order. */
  List<String> effects(String caseId) throws IOException {
    try {
      return Files.readAllLines(points.resolve(CrashPoints.EFFECTS)).stream()
          .filter(line -> line.startsWith(caseId + " "))
          .map(line -> line.substring(caseId.length() + 1))
          .toList();
    } catch (NoSuchFileException noneYet) {
      return List.of();
    }
  }

  /** Nobody reads what is left: to stop cleanly would take longer than many a test. */
  @Override
  public void close() {
    if (node != null) {
      node.kill9();
    }
    if (anvil != null) {
      anvil.kill9();
    }
    if (database != null) {
      database.kill9();
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
