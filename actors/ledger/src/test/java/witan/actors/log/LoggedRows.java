package witan.actors.log;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.StoredEntry;
import witan.codec.entry.Entry;
import witan.codec.hash.Hashes;
import witan.domain.adoption.AdoptionEvent.LogAdopted;
import witan.domain.common.Digest;
import witan.domain.common.LogIndex;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** The rows of a log as a sequencer leaves them, for tests that then put in and take away. */
public final class LoggedRows {
  public static final String ORIGIN = "witan.test/log";

  public final SimStore rows = new SimStore();
  public final List<byte[]> entries = new ArrayList<>();

  /** The first indices of all reads of leaves. */
  public final List<Long> leafReads = new ArrayList<>();

  private final NoteSigner signer;
  private final int generation;
  private final Map<String, Long> lastSeq = new HashMap<>();
  private final Map<String, Hash> lastHash = new HashMap<>();
  private TreeEdge edge = TreeEdge.EMPTY;
  private final List<IndexRow> unindexed = new ArrayList<>();
  private long batches;

  public LoggedRows() {
    this(NoteSigner.generate(ORIGIN, new SecureRandom()));
  }

  public LoggedRows(NoteSigner signer) {
    this(signer, 0);
  }

  /** Of a later generation. */
  public LoggedRows(NoteSigner signer, int generation) {
    this.signer = signer;
    this.generation = generation;
  }

  /** Of a log that was never adopted. */
  public static CompletionStage<LogAdopted> never(StoredEntry first) {
    return CompletableFuture.failedFuture(new AssertionError(first.index()));
  }

  public NoteSigner signer() {
    return signer;
  }

  /** Answers at once. */
  public LogStore store() {
    LogStore face = rows.as("test");
    return (LogStore)
        Proxy.newProxyInstance(
            LogStore.class.getClassLoader(),
            new Class<?>[] {LogStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("leaves")) {
                leafReads.add((Long) arguments[0]);
              }
              Object answer = method.invoke(face, arguments);
              rows.resolve(rows.calls.get(rows.calls.size() - 1), SimStore.Outcome.DONE);
              return answer;
            });
  }

  /** One more entry of that pid, in a batch of its own; not published yet. */
  public long append(String pid, String type) {
    long seq = lastSeq.getOrDefault(pid, 0L) + 1;
    return append(pid, seq, lastHash.getOrDefault(pid, EntryFormat.NONE), type);
  }

  /** The same without regard to what the pid has. */
  public long append(String pid, long seq, Hash prev, String type) {
    byte[] entry = entry(pid, seq, prev, type);
    long index = entries.size();
    Hash leaf = Hashing.leaf(entry);
    UUID batch = putBatch(index, entry);
    rows.leaves.put(index, new LeafRow(index, leaf, entry, batch));
    unindexed.add(new IndexRow(pid, seq, leaf, LogIndex.of(generation, index), batch));
    TreeEdge.Grown grown = edge.append(List.of(leaf));
    grown
        .full()
        .forEach((id, hashes) -> rows.tiles.put(List.of((long) id.level(), id.index()), hashes));
    edge = grown.edge();
    entries.add(entry);
    lastSeq.put(pid, seq);
    lastHash.put(pid, leaf);
    return index;
  }

  public UUID putBatch(long start, byte[] entry) {
    UUID id = new UUID(7 + generation, ++batches);
    rows.batches.put(
        id, new Batch(id, null, start, 1, null, List.of(new LogItem(entry, new byte[] {1, 2, 3}))));
    return id;
  }

  public Hash lastHash(String pid) {
    return lastHash.getOrDefault(pid, EntryFormat.NONE);
  }

  public Hash root() {
    return edge.root();
  }

  public LoggedRows publish() {
    long size = entries.size();
    rows.checkpoints.put(size, signer.sign(new Checkpoint(signer.key().name(), size, edge.root())));
    for (IndexRow row : unindexed) {
      rows.index.computeIfAbsent(row.pid(), p -> new TreeMap<>()).put(row.seq(), row);
    }
    unindexed.clear();
    return this;
  }

  public static byte[] entry(String pid, long seq, Hash prev, String type) {
    return new Entry(
            1,
            type,
            null,
            pid,
            seq,
            new Digest(prev.hex()),
            Instant.parse("2026-11-30T10:00:00Z"),
            "council",
            Digest.of(Hashes.sha256((pid + seq + type).getBytes(StandardCharsets.UTF_8))),
            null)
        .bytes();
  }
}
