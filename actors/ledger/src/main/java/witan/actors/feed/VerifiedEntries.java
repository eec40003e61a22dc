package witan.actors.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import witan.actors.log.BoundedCache;
import witan.actors.log.IndexRow;
import witan.actors.log.LogGenerations;
import witan.actors.log.PlacedEntries;
import witan.actors.spi.Failures;
import witan.actors.spi.PidLog;
import witan.actors.spi.StoredEntry;
import witan.codec.entry.Entry;
import witan.domain.api.LogReads;
import witan.domain.common.LogIndex;
import witan.log.proof.Proofs;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * Entries that the node's {@link VerifiedFeed} has proved, and all of them: rows are looked up in
 * the store, and believed as far as they add up to the head that the feed knows of their pid. Where
 * fewer are found the read fails ({@code entry_hidden}); it is never answered shorter. What was
 * read once is kept, bounded. Thread-safe.
 *
 * <p>The feed forgets a case's head at its end. Such a case is proved by a proof for each of its
 * entries, and is whole because nothing follows its last.
 */
public final class VerifiedEntries implements PidLog {
  private static final int CACHED_PIDS = 10_000;

  /** Index rows are written after the checkpoint that covers them, by a few milliseconds. */
  private static final Duration AGAIN = Duration.ofMillis(20);

  private final VerifiedFeed feed;
  private final LogGenerations log;
  private final LogReads proofs;
  private final FeedAlarms alarms;
  private final FeedSettings settings;
  private final PlacedEntries placed;
  private final BoundedCache<String, Proven> cache;

  /** The first entries of a pid, up to that head. */
  private record Proven(List<StoredEntry> entries, Head head, boolean ended) {
    static final Proven NONE = new Proven(List.of(), Head.NONE, false);

    long bytes() {
      return entries.stream().mapToLong(e -> e.entry().length + e.sealedBody().length).sum();
    }
  }

  /**
   * Rows of a pid.
   *
   * @param beyond the first row after the known head
   */
  private record Rows(List<IndexRow> known, @Nullable IndexRow beyond) {}

  VerifiedEntries(
      VerifiedFeed feed,
      LogGenerations log,
      LogReads proofs,
      FeedAlarms alarms,
      FeedSettings settings) {
    this.feed = feed;
    this.log = log;
    this.proofs = proofs;
    this.alarms = alarms;
    this.settings = settings;
    this.placed = new PlacedEntries(log);
    this.cache = new BoundedCache<>(CACHED_PIDS, Proven::bytes, settings.cachedBytes());
  }

  /**
   * The same entries as far as they are proved already: for reads that follow one of this log, and
   * must show at least what that one showed. They cost nothing where nothing came.
   */
  public PidLog sinceLook() {
    return new PidLog() {
      @Override
      public CompletionStage<List<StoredEntry>> ofPid(String pid, long fromSeq) {
        return read(feed.sinceLook(), pid, fromSeq);
      }

      @Override
      public CompletionStage<Long> publishedSize() {
        return feed.sinceLook().thenApply(log::end);
      }
    };
  }

  @Override
  public CompletionStage<Long> publishedSize() {
    return feed.latest().thenApply(log::end);
  }

  @Override
  public CompletionStage<List<StoredEntry>> ofPid(String pid, long fromSeq) {
    return read(feed.latest(), pid, fromSeq);
  }

  private CompletionStage<List<StoredEntry>> read(
      CompletionStage<Long> proved, String pid, long fromSeq) {
    long from = Math.max(1, fromSeq);
    long deadline = System.nanoTime() + settings.patience().toNanos();
    return proved
        .thenCompose(shown -> proven(pid, deadline))
        .thenApply(proven -> page(proven.entries(), from));
  }

  private static List<StoredEntry> page(List<StoredEntry> entries, long from) {
    int first = (int) Math.min(from - 1, entries.size());
    return entries.subList(first, Math.min(first + PAGE, entries.size()));
  }

  private CompletionStage<Proven> proven(String pid, long deadline) {
    ProvedPid known = feed.known(pid);
    Proven before = cache.get(pid);
    if (known.head() == null) {
      return before != null && before.ended()
          ? CompletableFuture.completedFuture(before)
          : unknown(pid, known, before == null ? Proven.NONE : before);
    }
    if (known.head().breach() != null) {
      return failed(known.head().breach(), "the chain of " + pid + " is given up");
    }
    return followed(
        pid,
        known.head(),
        before == null || before.head().seq() > known.head().seq() ? Proven.NONE : before,
        deadline);
  }

  // ---- a pid whose head is known ----------------------------------------------------------

  private CompletionStage<Proven> followed(String pid, Head head, Proven before, long deadline) {
    return rows(pid, before.head().seq() + 1, head.seq(), new ArrayList<>())
        .thenCompose(
            rows ->
                doubted(pid, rows.beyond())
                    .thenCompose(done -> placed.read(places(rows.known())))
                    .thenApply(found -> joined(pid, before, found)))
        .handle((after, failure) -> answered(pid, head, after, failure, deadline))
        .thenCompose(stage -> stage);
  }

  private CompletionStage<Proven> answered(
      String pid, Head head, @Nullable Proven after, @Nullable Throwable failure, long deadline) {
    if (after != null && after.head().equals(head)) {
      alarms.settled(pid);
      cache.put(pid, after);
      return CompletableFuture.completedFuture(after);
    }
    Throwable cause = failure == null ? null : Failures.cause(failure);
    boolean fewer =
        after != null && after.head().breach() == null && after.head().seq() < head.seq();
    if (fewer || cause instanceof PlacedEntries.Missing) {
      return hidden(
          pid, head, String.valueOf(after == null ? cause : after.head().seq()), deadline);
    }
    if (cause == null) {
      return forged(pid, "its rows do not add up to entry " + head.seq());
    }
    return cause instanceof PlacedEntries.Wrong || cause instanceof IllegalArgumentException
        ? forged(pid, String.valueOf(cause.getMessage()))
        : CompletableFuture.failedStage(cause);
  }

  /** Rows that come late look the same for a while. */
  private CompletionStage<Proven> hidden(String pid, Head head, String found, long deadline) {
    if (System.nanoTime() - deadline < 0) {
      return CompletableFuture.supplyAsync(
              () -> pid, CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS))
          .thenCompose(again -> proven(again, deadline));
    }
    FeedException problem =
        new FeedException(
            FeedProblem.ENTRY_HIDDEN,
            pid + " has " + head.seq() + " entries, rows lead as far as " + found);
    alarms.persists(pid, problem);
    return CompletableFuture.failedStage(problem);
  }

  private CompletionStage<Proven> forged(String pid, String detail) {
    FeedException problem = new FeedException(FeedProblem.LOG_ROW_FORGED, pid + ": " + detail);
    alarms.raise("rows of " + pid, problem);
    return CompletableFuture.failedStage(problem);
  }

  /** An index row is written after the checkpoint that covers it: beyond all, it is made up. */
  private CompletionStage<Void> doubted(String pid, @Nullable IndexRow beyond) {
    if (beyond == null) {
      return CompletableFuture.completedFuture(null);
    }
    return feed.latest()
        .thenAccept(
            size -> {
              Head head = feed.known(pid).head();
              if (head != null && head.seq() < beyond.seq()) {
                alarms.raise(
                    pid + " row " + beyond.seq(),
                    new FeedException(
                        FeedProblem.LOG_ROW_FORGED,
                        pid + " has " + head.seq() + " entries and a row " + beyond));
              }
            });
  }

  private CompletionStage<Rows> rows(String pid, long from, long last, List<IndexRow> known) {
    int max = (int) Math.min(PAGE, last - from + 2);
    return log.indexOf(pid, from, max)
        .thenCompose(
            rows -> {
              long next = from;
              for (IndexRow row : rows) {
                if (row.seq() > last) {
                  return CompletableFuture.completedFuture(new Rows(known, row));
                }
                if (row.seq() != next) {
                  return CompletableFuture.completedFuture(new Rows(known, null));
                }
                known.add(row);
                next++;
              }
              return rows.size() < max
                  ? CompletableFuture.completedFuture(new Rows(known, null))
                  : rows(pid, next, last, known);
            });
  }

  private static List<PlacedEntries.Place> places(List<IndexRow> rows) {
    return rows.stream()
        .map(row -> new PlacedEntries.Place(row.index(), row.hash(), row.batch()))
        .toList();
  }

  private static Proven joined(String pid, Proven before, List<StoredEntry> found) {
    List<StoredEntry> all = new ArrayList<>(before.entries());
    Head head = before.head();
    boolean ended = false;
    for (StoredEntry stored : found) {
      Entry entry = Entry.parse(stored.entry());
      if (!entry.pid().equals(pid)) {
        throw new IllegalArgumentException("entry " + stored.index() + " is of " + entry.pid());
      }
      head = head.after(stored.index(), Hashing.leaf(stored.entry()), entry);
      ended = FeedScope.isCase(pid) && FeedScope.isLast(entry.type());
      all.add(stored);
    }
    return new Proven(all, head, ended);
  }

  // ---- a pid whose head is not known ------------------------------------------------------

  private CompletionStage<Proven> unknown(String pid, ProvedPid known, Proven before) {
    return rows(pid, before.head().seq() + 1, Integer.MAX_VALUE, new ArrayList<>())
        .thenCompose(
            rows ->
                rows.known().isEmpty()
                    ? nothing(pid, known, before)
                    : included(pid, known, before, rows.known()));
  }

  private CompletionStage<Proven> nothing(String pid, ProvedPid known, Proven before) {
    if (!known.ended()) {
      return before.entries().isEmpty()
          ? CompletableFuture.completedFuture(Proven.NONE)
          : notFollowed(pid);
    }
    FeedException problem =
        new FeedException(FeedProblem.ENTRY_HIDDEN, pid + " came to its end, and its rows do not");
    alarms.persists(pid, problem);
    return CompletableFuture.failedStage(problem);
  }

  private CompletionStage<Proven> included(
      String pid, ProvedPid known, Proven before, List<IndexRow> rows) {
    CompletionStage<Boolean> all = CompletableFuture.completedFuture(true);
    for (IndexRow row : rows) {
      all =
          all.thenCompose(so -> so ? included(row, known) : CompletableFuture.completedFuture(so));
    }
    return all.thenCompose(
        so ->
            so
                ? placed.read(places(rows)).thenCompose(found -> ended(pid, known, before, found))
                : madeUp(pid, rows));
  }

  private CompletionStage<Boolean> included(IndexRow row, ProvedPid known) {
    long inTree = LogIndex.inTree(row.index());
    FeedState.Tree tree = known.tree(LogIndex.generation(row.index())).orElse(null);
    return tree == null || inTree >= tree.size()
        ? CompletableFuture.completedFuture(false)
        : proofs
            .inclusion(row.index(), known.size())
            .thenApply(
                proof ->
                    proof.isPresent()
                        && Proofs.verifyInclusion(
                            inTree,
                            tree.size(),
                            row.hash(),
                            proof.get().stream().map(d -> Hash.ofHex(d.hex())).toList(),
                            tree.root()));
  }

  /** Unless the feed has come to know the pid meanwhile. */
  private CompletionStage<Proven> madeUp(String pid, List<IndexRow> rows) {
    return feed.latest()
        .thenCompose(
            size ->
                feed.known(pid).head() != null
                    ? failed(FeedProblem.NOT_VERIFIED_YET, pid + " has just begun")
                    : forged(pid, "the log has no such entry: " + rows.get(0)));
  }

  private CompletionStage<Proven> ended(
      String pid, ProvedPid known, Proven before, List<StoredEntry> found) {
    Proven after = joined(pid, before, found);
    if (!after.ended() && known.ended()) {
      return nothing(pid, known, before);
    }
    if (!after.ended() || after.head().breach() != null) {
      return notFollowed(pid);
    }
    alarms.settled(pid);
    cache.put(pid, after);
    return CompletableFuture.completedFuture(after);
  }

  private static CompletionStage<Proven> notFollowed(String pid) {
    return failed(
        FeedProblem.PID_NOT_FOLLOWED,
        pid + " is given up: more cases are open than this node follows");
  }

  private static CompletionStage<Proven> failed(FeedProblem problem, String detail) {
    return CompletableFuture.failedStage(new FeedException(problem, detail));
  }
}
