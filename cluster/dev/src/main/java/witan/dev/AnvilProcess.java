package witan.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A development chain: anvil 1.7.1 on loopback, a single node without consensus. Thread-safe.
 *
 * <p><b>State.</b> With a state file the chain is dumped right after its first start, every {@link
 * Options#dumpEvery()} and on {@link #close()}; never with anvil's own {@code --state}, which
 * truncates the file in place. After {@link #kill9()} the chain comes back as of the last dump:
 * <em>up to one interval of acknowledged transactions is lost and the height goes back</em>, as
 * after a reorganisation; call {@link #dump()} where that matters. A dump holds the whole chain and
 * costs in proportion: at least nine tenths of the time are left to other work.
 *
 * <p><b>What survives a load</b> (tried with 1.7.1): all blocks with their hashes, block 0
 * included, transactions, receipts, nonces, balances, contracts. So the genesis hash is the same
 * although it is not fixed on the command line. A fixed {@code --timestamp} would do harm: it
 * shifts the chain's clock for good. What does not survive: pending transactions, and state at
 * heights before the load ({@code eth_call} there answers "BlockOutOfRange").
 *
 * <p><b>Identity.</b> The genesis hash depends on the second of the start and on the gas limit only
 * ({@code extraData} of a genesis file is ignored, balances are not in the state root), so each new
 * chain gets a random gas limit a little above 30 million: two wipes in one second differ.
 */
public final class AnvilProcess implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final int GAS_LIMIT = 30_000_000;
  private static final int GAS_LIMIT_SPREAD = 1 << 20;
  private static final System.Logger LOG = System.getLogger(AnvilProcess.class.getName());

  /**
   * How to run the chain.
   *
   * @param stateFile JSON; siblings {@code <stateFile>.log}, {@code .pid}, {@code .tmp}, {@code
   *     .genesis} and {@code .cache} are used too
   * @param port on 127.0.0.1; 0 = pick a free one
   * @param blockTimeSeconds 0 = one block per transaction, at once. Otherwise empty blocks too:
   *     dumps grow with time.
   * @param freeGas base fee and gas price 0 ({@code eth_gasPrice} still says 1 gwei: do not ask it)
   * @param dumpEvery at least; zero = only on close
   * @param binary null = system property {@code witan.anvil}, else the one that npm put into {@code
   *     <witan.root>/anchoring/chain/node_modules} for this kind of machine, x64 or arm64
   * @param dieWithParent see {@link ChildProcess.Options#dieWithParent()}
   */
  public record Options(
      Path stateFile,
      int port,
      long chainId,
      int blockTimeSeconds,
      boolean freeGas,
      Duration dumpEvery,
      @Nullable Path binary,
      boolean dieWithParent) {
    /**
     * A free port, chain 1337, a block per transaction, free gas, a dump every 5 s, dies with its
     * parent.
     */
    public static Options at(Path stateFile) {
      return new Options(stateFile, 0, 1337, 0, true, Duration.ofSeconds(5), null, true);
    }

    public Options withPort(int port) {
      return new Options(
          stateFile, port, chainId, blockTimeSeconds, freeGas, dumpEvery, binary, dieWithParent);
    }

    public Options withBlockTime(int seconds) {
      return new Options(
          stateFile, port, chainId, seconds, freeGas, dumpEvery, binary, dieWithParent);
    }

    public Options withDumpEvery(Duration interval) {
      return new Options(
          stateFile, port, chainId, blockTimeSeconds, freeGas, interval, binary, dieWithParent);
    }

    private Options resolved() {
      return new Options(
          stateFile.toAbsolutePath().normalize(),
          port == 0 ? Ports.free() : port,
          chainId,
          blockTimeSeconds,
          freeGas,
          dumpEvery,
          binary,
          dieWithParent);
    }

    private Path sibling(String suffix) {
      return stateFile.resolveSibling(stateFile.getFileName() + suffix);
    }
  }

  private final Options options;
  private final AnvilRpc rpc;
  private final ScheduledExecutorService dumper =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "witan-dev-anvil-dump");
            thread.setDaemon(true);
            return thread;
          });

  /** Guards dumping against wiping, closing and pausing. */
  private final Object stateLock = new Object();

  private volatile ChildProcess child;

  private AnvilProcess(Options options, AnvilRpc rpc, ChildProcess child) {
    this.options = options;
    this.rpc = rpc;
    this.child = child;
  }

  /**
   * Starts anvil, from the state file if there is one, and waits until it answers.
   *
   * @throws ChildProcessException if the state is in use or unreadable, anvil is missing, or it
   *     does not get ready
   */
  public static AnvilProcess start(Options requested) {
    Options options = requested.resolved();
    AnvilRpc rpc = new AnvilRpc(URI.create("http://127.0.0.1:" + options.port()));
    ChildProcess child = launch(options, rpc);
    AnvilProcess anvil = new AnvilProcess(options, rpc, child);
    try {
      anvil.dump();
    } catch (RuntimeException e) {
      child.close();
      throw e;
    }
    if (!options.dumpEvery().isZero()) {
      anvil.schedule(options.dumpEvery());
    }
    return anvil;
  }

  public URI rpcUri() {
    return rpc.uri();
  }

  /** With the port in use, to start again on the same state and port. */
  public Options options() {
    return options;
  }

  public long pid() {
    return child.pid();
  }

  public boolean isAlive() {
    return child.isAlive();
  }

  public long blockNumber() {
    return rpc.quantity("eth_blockNumber");
  }

  /** Hash of block 0, {@code 0x} and 64 hex digits. */
  public String genesisHash() {
    return rpc.blockHash(0);
  }

  /**
   * Writes the state durably and atomically: the old file stays until the new one is complete on
   * disk.
   */
  public void dump() {
    synchronized (stateLock) {
      rpc.dumpState(options.stateFile(), options.sibling(".tmp"));
    }
  }

  /** SIGKILL at once, also in the middle of a dump. */
  public void kill9() {
    child.kill9();
  }

  public void pause() {
    synchronized (stateLock) {
      child.pause();
    }
  }

  public void resume() {
    child.resume();
  }

  /** Forgets the chain and starts another one, with another genesis hash, on the same port. */
  public void wipe() {
    synchronized (stateLock) {
      child.kill9();
      try {
        Files.deleteIfExists(options.stateFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      child = launch(options, rpc);
      dump();
    }
  }

  /**
   * Dumps and stops; idempotent.
   *
   * @throws ChildProcessException if the last dump failed; the process is stopped and the file
   *     before it stays
   */
  @Override
  public void close() {
    synchronized (stateLock) {
      dumper.shutdownNow();
      if (!child.isAlive()) {
        return;
      }
      try {
        if (child.isPaused()) {
          child.resume();
        }
        dump();
      } finally {
        child.close();
      }
    }
  }

  private void schedule(Duration delay) {
    var unused = dumper.schedule(this::dumpAndSchedule, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void dumpAndSchedule() {
    synchronized (stateLock) {
      if (dumper.isShutdown()) {
        return;
      }
      long begin = System.nanoTime();
      try {
        if (child.isAlive() && !child.isPaused()) {
          dump();
        }
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "anvil's state was not dumped; trying again later", e);
      }
      Duration rest = Duration.ofNanos(System.nanoTime() - begin).multipliedBy(9);
      schedule(rest.compareTo(options.dumpEvery()) > 0 ? rest : options.dumpEvery());
    }
  }

  private static ChildProcess launch(Options options, AnvilRpc rpc) {
    AnvilState.dropForeignGenesis(options.stateFile(), options.sibling(".tmp"));
    ChildProcess child =
        Claim.start(
            options.sibling(".pid"),
            "the chain's state " + options.stateFile(),
            () ->
                ChildProcess.start(
                    "anvil",
                    ChildProcess.Options.of(options.sibling(".log"), command(options))
                        .withDieWithParent(options.dieWithParent())));
    // Who saw another genesis would take the chain for wiped, so that counts as not ready.
    Optional<String> expected = genesis(options);
    child.awaitReady(
        () ->
            rpc.answers(options.chainId())
                && expected.map(hash -> hash.equals(rpc.blockHash(0))).orElse(true),
        START_TIMEOUT);
    if (expected.isEmpty()) {
      keepGenesis(options, rpc.blockHash(0));
    }
    return child;
  }

  /** Genesis hash of the chain that the state file holds. */
  private static Optional<String> genesis(Options options) {
    Path file = options.sibling(".genesis");
    try {
      return Files.exists(options.stateFile()) && Files.exists(file)
          ? Optional.of(Files.readString(file))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keepGenesis(Options options, String hash) {
    try {
      Files.writeString(options.sibling(".genesis"), hash);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Quiet: anvil logs every call, and nothing bounds the file while it runs. */
  private static List<String> command(Options options) {
    List<String> command = new ArrayList<>();
    command.add(binary(options).toString());
    command.addAll(
        List.of(
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(options.port()),
            "--chain-id",
            Long.toString(options.chainId()),
            "--cache-path",
            options.sibling(".cache").toString(),
            "--quiet"));
    if (options.blockTimeSeconds() > 0) {
      command.addAll(List.of("--block-time", Integer.toString(options.blockTimeSeconds())));
    }
    if (options.freeGas()) {
      command.addAll(List.of("--base-fee", "0", "--gas-price", "0"));
    }
    if (Files.exists(options.stateFile())) {
      command.addAll(List.of("--load-state", options.stateFile().toString()));
    } else {
      int gasLimit = GAS_LIMIT + 1 + ThreadLocalRandom.current().nextInt(GAS_LIMIT_SPREAD);
      command.addAll(List.of("--gas-limit", Integer.toString(gasLimit)));
    }
    return command;
  }

  private static Path binary(Options options) {
    Path given = options.binary();
    Path binary = given != null ? given : defaultBinary();
    if (!Files.isExecutable(binary)) {
      throw new ChildProcessException(
          "no anvil at "
              + binary
              + "; './witan build' fetches it ('npm ci' in anchoring/chain), or set witan.anvil");
    }
    return binary;
  }

  /** The system property {@code witan.anvil} if set, else the one that npm installs. */
  static Path defaultBinary() {
    String configured = System.getProperty("witan.anvil");
    return configured != null
        ? Path.of(configured)
        : WitanRoot.find().resolve(packaged(System.getProperty("os.arch", "")));
  }

  /** Within the checkout; npm names machines in another way than Java. */
  static Path packaged(String architecture) {
    String machine =
        switch (architecture) {
          case "amd64" -> "amd64";
          case "aarch64" -> "arm64";
          default ->
              throw new ChildProcessException(
                  "there is no anvil package for "
                      + architecture
                      + ", only for amd64 and aarch64; set witan.anvil to one");
        };
    return Path.of(
        "anchoring/chain/node_modules/@foundry-rs/anvil-linux-" + machine + "/bin/anvil");
  }
}
