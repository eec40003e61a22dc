package witan.actors.feed;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.log.Counters;
import witan.actors.log.DurableFile;
import witan.actors.log.LogGenerations;
import witan.actors.log.LogStore;
import witan.actors.log.SharedRead;
import witan.actors.log.StoredCheckpoint;
import witan.actors.log.StoredTree;
import witan.actors.spi.Failures;
import witan.domain.api.LogReads;
import witan.log.checkpoint.Checkpoint;
import witan.log.tile.TileId;

/**
 * Follows the whole log with a tree of its own: every entry is hashed into it, and a checkpoint
 * counts only if the log signed it and its root is that of this tree. So every entry is proved to
 * be there, and none can be hidden. One per node. Thread-safe; only {@link #secure} and {@link
 * #save} block.
 *
 * <p>What contradicts a signature stops it for the rest of the process: nothing is believed any
 * more until a person has looked and started the node again, which begins from the file.
 */
public final class VerifiedFeed {
  private static final Logger LOG = LoggerFactory.getLogger(VerifiedFeed.class);
  private static final String TAIL = "the log";
  private static final String FILE = "the file";

  private final LogGenerations log;
  private final LogStore store;
  private final LogReads proofs;
  private final String origin;
  private final FeedSettings settings;
  private final FeedKeeper keeper;
  private final ClosedTrees closed;
  private final FeedAlarms alarms;
  private final Executor threads;
  private final LongSupplier nanos;
  private final SharedRead<Long> looks = new SharedRead<>(this::follow);
  private final boolean firstStart;

  /** Entries read, of which a signed root has not borne out all yet. */
  private volatile long reached;

  /** Of the looks alone, of which there is one at a time. */
  private @Nullable FeedDraft unproven;

  // Guarded by this.
  private final FeedState state;
  private String note = "";
  private boolean confirmed;
  private @Nullable FeedException stopped;
  private long lookingSince;
  private boolean looking;
  private long target;

  /** For operators. */
  public record Status(boolean up, String detail) {}

  private VerifiedFeed(
      FeedSources sources,
      FeedScope scope,
      FeedSettings settings,
      DurableFile file,
      Counters counters) {
    List<String> origins = sources.origins();
    this.log = sources.log();
    this.store = log.current();
    this.proofs = sources.proofs();
    this.origin = origins.get(log.last());
    this.settings = settings;
    this.keeper = new FeedKeeper(file, origins);
    this.threads = sources.threads();
    this.nanos = sources.nanos();
    this.alarms = new FeedAlarms(counters, settings.alarmAfter(), nanos);
    FeedKeeper.Begun begun = keeper.load(scope);
    this.state = begun.state();
    this.firstStart = begun.first();
    this.closed = new ClosedTrees(log, origins, sources.adoptions(), begun.before(), threads);
    this.target = state.frontier().size();
    this.reached = target;
    if (begun.problem() != null) {
      halt(begun.problem());
    } else if (log.last() > 0
        && settings.logKeys().stream().noneMatch(key -> key.name().equals(origin))) {
      halt(
          new FeedException(
              FeedProblem.GENERATION_NOT_FOLLOWED,
              "the log was adopted as " + origin + ", whose key log-keys does not name"));
    }
  }

  /** Reads the file; blocks for that. */
  public static VerifiedFeed open(
      FeedSources sources, String councilId, FeedSettings settings, Counters counters) {
    return open(sources, councilId, settings, new DurableFile(settings.file()), counters);
  }

  static VerifiedFeed open(
      FeedSources sources,
      String councilId,
      FeedSettings settings,
      DurableFile file,
      Counters counters) {
    FeedScope scope = FeedScope.of(councilId, settings.openCases(), settings.endedCases());
    return new VerifiedFeed(sources, scope, settings, file, counters);
  }

  /** The entries that this feed has proved. */
  public VerifiedEntries entries() {
    return new VerifiedEntries(this, log, proofs, alarms, settings);
  }

  /**
   * Size of the log that is proved, of a look that began after this was asked; fails where that
   * takes longer than the settings' patience, and with {@link FeedException} once stopped.
   */
  public CompletionStage<Long> latest() {
    synchronized (this) {
      boolean slow = looking && nanos.getAsLong() - lookingSince > settings.patience().toNanos();
      if (stopped != null || slow) {
        return CompletableFuture.failedStage(stopped != null ? stopped : notYet());
      }
    }
    return looks
        .latest()
        .toCompletableFuture()
        .copy()
        .orTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    failure instanceof TimeoutException ? notYet() : failure));
  }

  /**
   * Size of the log that is proved by the looks that were; fails as {@link #latest}, which it is
   * until one has succeeded.
   */
  CompletionStage<Long> sinceLook() {
    return confirmed() ? CompletableFuture.completedFuture(size()) : latest();
  }

  private static FeedException notYet() {
    return new FeedException(
        FeedProblem.NOT_VERIFIED_YET, "this node is still proving what was published");
  }

  /** To be called often: whoever asks then finds little left to prove. */
  public void look() {
    var unused =
        latest()
            .whenComplete(
                (size, failure) -> {
                  if (failure != null) {
                    LOG.debug("the log could not be looked at", failure);
                  }
                });
  }

  /** Writes the file where it is behind; blocks. To be called once a second. */
  public void save() {
    try {
      if (confirmed()) {
        secure();
      }
    } catch (FeedException e) {
      LOG.debug("the file is behind", e);
    }
  }

  private synchronized boolean confirmed() {
    return confirmed && stopped == null;
  }

  /**
   * Returns when what is proved is in the file: before any effect that rests on it. Blocks.
   *
   * @throws FeedException once stopped, or if the file cannot be written
   */
  public void secure() {
    try {
      keeper.save(sizeUnlessStopped(), this::proved);
      alarms.settled(FILE);
    } catch (FeedException e) {
      if (e.problem() == FeedProblem.FEED_FILE_UNWRITABLE) {
        alarms.raise(FILE, e);
      }
      throw e;
    }
  }

  private synchronized long sizeUnlessStopped() {
    if (stopped != null) {
      throw stopped;
    }
    return state.frontier().size();
  }

  private synchronized FeedKeeper.Proved proved() {
    return new FeedKeeper.Proved(sizeUnlessStopped(), FeedJson.write(state, origin));
  }

  private synchronized long size() {
    return state.frontier().size();
  }

  synchronized ProvedPid known(String pid) {
    return new ProvedPid(
        state.closed(),
        state.frontier().size(),
        state.frontier().root(),
        state.head(pid),
        state.hasEnded(pid));
  }

  public synchronized Status status() {
    List<String> raised = alarms.raised();
    String first = firstStart ? "; first start, proved from entry 0" : "";
    String proved =
        state.frontier().size() + " of " + target + " entries proved, " + reached + " read" + first;
    if (stopped != null) {
      return new Status(false, "STOPPED, " + stopped.getMessage() + "; " + proved);
    }
    return new Status(
        raised.isEmpty(),
        raised.isEmpty()
            ? (confirmed ? "FOLLOWING, " : "STARTING, ") + proved
            : "ALARM, " + raised.get(raised.size() - 1) + "; " + proved);
  }

  // ---- one look ---------------------------------------------------------------------------

  private CompletionStage<Long> follow() {
    synchronized (this) {
      if (stopped != null) {
        return CompletableFuture.failedStage(stopped);
      }
      looking = true;
      lookingSince = nanos.getAsLong();
    }
    return store
        .lastCheckpoint()
        .thenComposeAsync(this::toward, threads)
        .whenComplete((size, failure) -> looked());
  }

  private synchronized void looked() {
    looking = false;
  }

  private CompletionStage<Long> toward(Optional<StoredCheckpoint> found) {
    long size = size();
    if (found.isEmpty()) {
      return size == 0 ? CompletableFuture.completedFuture(size) : shorter(0, size);
    }
    StoredCheckpoint row = found.get();
    if (seen(row)) {
      return CompletableFuture.completedFuture(size);
    }
    Checkpoint signed;
    try {
      signed = CheckpointRows.signed(row, settings.logKeys(), origin);
    } catch (FeedException e) {
      return stop(e);
    }
    if (signed.size() < size) {
      return shorter(signed.size(), size);
    }
    FeedDraft draft = unproven;
    if (draft == null || draft.size() > signed.size()) {
      draft = new FeedDraft(state);
      unproven = draft;
    }
    synchronized (this) {
      target = signed.size();
    }
    return draft.closed().size() == log.last()
        ? read(draft, signed, row.note())
        : fromTheFirst(draft, signed, row.note());
  }

  /** Once: what is proved then has the closed generations. */
  private CompletionStage<Long> fromTheFirst(FeedDraft draft, Checkpoint signed, String note) {
    return closed
        .read(draft)
        .thenComposeAsync(read -> read(read, signed, note), threads)
        .exceptionallyCompose(
            failure -> {
              Throwable cause = Failures.cause(failure);
              unproven = null;
              if (!(cause instanceof FeedException e)) {
                return CompletableFuture.failedStage(cause);
              }
              return e.problem() == FeedProblem.ENTRY_HIDDEN ? hidden(e) : stop(e);
            });
  }

  private synchronized boolean seen(StoredCheckpoint row) {
    return confirmed && row.note().equals(note);
  }

  /** A read may see less than the one before it; a log never is shorter for long. */
  private CompletionStage<Long> shorter(long published, long size) {
    FeedException problem =
        new FeedException(
            FeedProblem.LOG_ROLLED_BACK,
            published + " entries are published, " + size + " were proved before");
    if (alarms.persists(TAIL, problem)) {
      return stop(problem);
    }
    return confirmed()
        ? CompletableFuture.completedFuture(size)
        : CompletableFuture.failedStage(problem);
  }

  private CompletionStage<Long> read(FeedDraft draft, Checkpoint signed, String signedNote) {
    long from = draft.size();
    if (from == signed.size()) {
      return judge(draft, signed, signedNote);
    }
    int max = (int) Math.min(TileId.FULL - from % TileId.FULL, signed.size() - from);
    return store
        .leaves(from, max)
        .thenComposeAsync(
            rows -> {
              try {
                draft.take(rows, max);
                reached = draft.size();
              } catch (FeedException e) {
                return e.problem() == FeedProblem.ENTRY_HIDDEN ? hidden(e) : stop(e);
              }
              return read(draft, signed, signedNote);
            },
            threads);
  }

  private CompletionStage<Long> hidden(FeedException problem) {
    alarms.persists(TAIL, problem);
    return CompletableFuture.failedStage(problem);
  }

  private CompletionStage<Long> judge(FeedDraft draft, Checkpoint signed, String signedNote) {
    if (!draft.frontier().root().equals(signed.root())) {
      unproven = null;
      return contradicted(signed);
    }
    synchronized (this) {
      state.adopt(draft);
      note = signedNote;
      confirmed = true;
    }
    unproven = null;
    alarms.settled(TAIL);
    draft.breaches().forEach(alarms::givenUp);
    return CompletableFuture.completedFuture(signed.size());
  }

  /** Rows that do not even lead to the tree proved before are of another log. */
  private CompletionStage<Long> contradicted(Checkpoint signed) {
    ProvedPid ours = known("");
    String detail =
        "the log signed another root of "
            + signed.size()
            + " entries than its rows have; "
            + ours.size()
            + " were proved before";
    return StoredTree.root(store, ours.size())
        .handle((root, failure) -> failure == null && root.equals(ours.root()))
        .thenCompose(
            same ->
                stop(
                    new FeedException(
                        same ? FeedProblem.LOG_ROW_FORGED : FeedProblem.LOG_FORKED, detail)));
  }

  private CompletionStage<Long> stop(FeedException problem) {
    halt(problem);
    return CompletableFuture.failedStage(problem);
  }

  private synchronized void halt(FeedException problem) {
    stopped = problem;
    alarms.raise("stopped", problem);
  }
}
