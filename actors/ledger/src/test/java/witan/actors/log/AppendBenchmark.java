package witan.actors.log;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import witan.dev.CassandraProcess;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;

/**
 * Durable appends a second and their latency through the sequencer, beside single inserts of rows
 * of the same bytes by the driver alone, in one run; and what the node's own file costs each batch,
 * beside that file written alone. Arguments: appends, pids (each has one append outstanding),
 * linger in ms.
 */
public final class AppendBenchmark {
  private static final int BODY = 600;
  private static final int PASSES = 6;

  private AppendBenchmark() {}

  public static void main(String[] args) throws Exception {
    int appends = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    int pids = args.length > 1 ? Integer.parseInt(args[1]) : 256;
    int linger = args.length > 2 ? Integer.parseInt(args[2]) : 20;
    Path dir = Files.createTempDirectory("append-benchmark");
    try (CassandraProcess cassandra = CassandraProcess.start(CassandraProcess.Options.in(dir))) {
      CassandraSettings settings = settings(cassandra.contactPoint());
      try (CqlSession session = settings.connect()) {
        LogSchema.create(session, settings);
        DurableFile file = new DurableFile(dir.resolve("memory/log.memory"));
        sequencer(session, settings, appends / 4, pids, linger, null, "warm-up");
        files(file, 200, "warm-up");
        raw(session, settings, appends / 4, pids, "warm-up");
        for (int pass = 1; pass <= PASSES; pass++) {
          raw(session, settings, appends, pids, "raw " + pass);
          files(file, 500, "file alone " + pass);
          // Tables grow and the machine has other work: neither of the two is always the later one.
          boolean first = pass % 2 == 0;
          for (boolean with : new boolean[] {first, !first}) {
            sequencer(
                session,
                settings,
                appends,
                pids,
                linger,
                with ? file : null,
                (with ? "with file " : "no file ") + pass);
          }
        }
      }
    }
  }

  private static CassandraSettings settings(InetSocketAddress address) {
    return CassandraSettings.from(
        ConfigFactory.parseString(
                """
                witan.log.cassandra {
                  contact-points = ["127.0.0.1:%d"]
                  request-timeout = 10s
                }
                """
                    .formatted(address.getPort()))
            .withFallback(ConfigFactory.parseResources("witan-runtime.conf"))
            .withFallback(ConfigFactory.load())
            .resolve());
  }

  private static void raw(
      CqlSession session, CassandraSettings settings, int count, int concurrency, String what)
      throws InterruptedException {
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO "
                + settings.keyspace()
                + ".log_leaf (log, tile, pos, hash, entry, batch_id) VALUES (?, ?, ?, ?, ?, ?)");
    Semaphore slots = new Semaphore(concurrency);
    long[] nanos = new long[count];
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      slots.acquire();
      int at = i;
      long sent = System.nanoTime();
      var unused =
          session
              .executeAsync(
                  insert.bind(
                      what,
                      i / 256L,
                      i % 256,
                      ByteBuffer.wrap(new byte[32]),
                      ByteBuffer.wrap(new byte[2 * BODY]),
                      new UUID(0, i)))
              .whenComplete(
                  (done, failure) -> {
                    nanos[at] = System.nanoTime() - sent;
                    slots.release();
                  });
    }
    slots.acquire(concurrency);
    report(what, nanos, System.nanoTime() - begin, count);
  }

  private static void sequencer(
      CqlSession session,
      CassandraSettings settings,
      int count,
      int pids,
      int lingerMillis,
      @Nullable DurableFile file,
      String what)
      throws InterruptedException {
    SequencerSettings d = SequencerSettings.DEFAULT;
    SequencerSettings limits =
        new SequencerSettings(
            d.batchEntries(),
            d.batchBytes(),
            Duration.ofMillis(lingerMillis),
            d.queuedEntries(),
            d.queuedBytes(),
            d.parked(),
            d.cachedHeads(),
            d.attempts(),
            d.retryDelay(),
            d.maxClockDifference());
    Memory memory = new Memory(file);
    try (Host host = new Host()) {
      LogStore store = new CassandraLogStore(session, settings, "log " + what + UUID.randomUUID());
      NoteSigner signer = NoteSigner.generate("witan.example/bench", new SecureRandom());
      SequencerCore core =
          new SequencerCore(
              LogGenerations.of(store), memory, AppendBenchmark::header, signer, limits, host);
      host.execute(core::start);
      Load load = new Load(core, host, count);
      long begin = System.nanoTime();
      for (int p = 0; p < pids; p++) {
        load.next("case|" + p, 1, EntryFormat.NONE);
      }
      load.done.await();
      report(what, load.nanos, System.nanoTime() - begin, count);
      System.out.printf("  %d batches%n", host.batches.get());
    } finally {
      memory.disk.shutdown();
    }
  }

  /** Written and forced to the disk as a node's file is, one after the other: the limit. */
  private static void files(DurableFile file, int count, String what) throws IOException {
    long[] nanos = new long[count];
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long since = System.nanoTime();
      file.write(new byte[200]);
      nanos[i] = System.nanoTime() - since;
    }
    report(what, nanos, System.nanoTime() - begin, count);
  }

  /** The file alone: there is nobody to ask. */
  private static final class Memory implements LogMemory {
    final ExecutorService disk = Executors.newSingleThreadExecutor();
    private final @Nullable DurableFile file;

    Memory(@Nullable DurableFile file) {
      this.file = file;
    }

    @Override
    public CompletionStage<Void> remember(StoredCheckpoint checkpoint) {
      DurableFile to = file;
      return to == null
          ? CompletableFuture.completedFuture(null)
          : CompletableFuture.runAsync(
              () -> {
                try {
                  to.write(checkpoint.note().getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              disk);
    }

    @Override
    public CompletionStage<Asked> ask() {
      return CompletableFuture.completedFuture(new Asked(List.of(), List.of()));
    }
  }

  private static EntryFormat.Header header(byte[] entry) {
    String[] parts = new String(entry, 0, 200, StandardCharsets.UTF_8).split("\n", 4);
    return new EntryFormat.Header(
        parts[0], Long.parseLong(parts[1]), Hash.ofHex(parts[2]), Instant.now(), 2);
  }

  /** Each pid appends its next entry when the last one is answered. */
  private static final class Load {
    final CountDownLatch done;
    final long[] nanos;
    private final SequencerCore core;
    private final Host host;
    private final AtomicInteger sent = new AtomicInteger();
    private final ConcurrentHashMap<String, Long> since = new ConcurrentHashMap<>();

    Load(SequencerCore core, Host host, int count) {
      this.core = core;
      this.host = host;
      this.done = new CountDownLatch(count);
      this.nanos = new long[count];
    }

    void next(String pid, long seq, Hash prev) {
      int number = sent.getAndIncrement();
      if (number >= nanos.length) {
        return;
      }
      String head = pid + "\n" + seq + "\n" + prev.hex() + "\n";
      byte[] entry = Arrays.copyOf(head.getBytes(StandardCharsets.UTF_8), BODY);
      since.put(pid, System.nanoTime());
      host.execute(
          () ->
              core.append(
                  List.of(new LogItem(entry, new byte[BODY])),
                  reply -> {
                    LogReply.Appended appended = (LogReply.Appended) reply;
                    nanos[number] = System.nanoTime() - since.getOrDefault(pid, 0L);
                    done.countDown();
                    next(pid, appended.seq() + 1, appended.hash());
                  }));
    }
  }

  private static final class Host implements SequencerHost, AutoCloseable {
    final AtomicInteger batches = new AtomicInteger();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    @Override
    public void execute(Runnable task) {
      thread.execute(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
      var unused = thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public UUID batchId() {
      return UUID.randomUUID();
    }

    @Override
    public void stop(String reason, boolean alarm) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void halt(String why) {
      throw new IllegalStateException(why);
    }

    @Override
    public void accepted(LogMemory.Asked asked, long size) {
      // The log is new.
    }

    @Override
    public void oldVersion(String pid) {
      throw new AssertionError(pid);
    }

    @Override
    public void committed(int entries) {
      batches.incrementAndGet();
    }

    @Override
    public void close() {
      thread.shutdown();
    }
  }

  private static void report(String what, long[] nanos, long total, int count) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    System.out.printf(
        "%-14s %,8.0f/s   p50 %6.1f ms   p99 %6.1f ms%n",
        what, count * 1e9 / total, sorted[count / 2] / 1e6, sorted[count * 99 / 100] / 1e6);
  }
}
