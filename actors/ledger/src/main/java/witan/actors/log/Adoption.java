package witan.actors.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import witan.domain.common.LoggedTimes;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;

/**
 * Closes a log's present generation and begins the next one. It may die between any two steps and
 * be run again, twice at once too: one write to the old head row decides, and what follows from
 * that is the same whoever does it. Blocks.
 */
public final class Adoption {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 5;

  private final LogGenerations log;
  private final LogStore old;
  private final LogStore next;
  private final LogMemory memory;
  private final NoteSigner signer;
  private final EntryFormat format;
  private final Supplier<UUID> batchIds;

  /**
   * Of a log.
   *
   * @param log whose last generation is closed
   * @param next the rows of the one that begins
   * @param memory of that one, on this node
   * @param signer its key
   */
  public Adoption(
      LogGenerations log,
      LogStore next,
      LogMemory memory,
      NoteSigner signer,
      EntryFormat format,
      Supplier<UUID> batchIds) {
    this.log = log;
    this.old = log.current();
    this.next = next;
    this.memory = memory;
    this.signer = signer;
    this.format = format;
    this.batchIds = batchIds;
  }

  /** What would be closed, or is. */
  public LogHead head() {
    return await(old.head());
  }

  /**
   * Inserts what a sequencer that died, or stood still, left out: index rows above all, from which
   * every pid goes on.
   *
   * @throws IllegalStateException if the rows are not those of the head's root
   */
  public void derive(LogHead head) {
    Deque<Batch> missing = new ArrayDeque<>();
    long cursor = await(old.cursor());
    UUID id = head.batch();
    long end = head.size();
    while (id != null && end > cursor) {
      Batch batch = batch(old, id);
      if (batch.end() != end) {
        throw new IllegalStateException("batch " + id + " ends at " + batch.end());
      }
      missing.push(batch);
      id = batch.previous();
      end = batch.start();
    }
    TreeEdge tree = await(TreeEdge.load(old, end));
    for (Batch batch : missing) {
      tree = derive(old, log.last(), batch, tree);
    }
    if (!tree.root().equals(head.root())) {
      throw new IllegalStateException("the tree's root at " + tree.size() + " is not the head's");
    }
  }

  private TreeEdge derive(LogStore store, int generation, Batch batch, TreeEdge before) {
    List<LogEntry> entries = LogEntry.all(batch.items(), format);
    TreeEdge.Grown grown = before.append(entries.stream().map(LogEntry::hash).toList());
    List<CompletionStage<Void>> writes = new ArrayList<>();
    writes.add(store.putLeaves(Derivation.leaves(batch, entries)));
    grown.full().forEach((id, hashes) -> writes.add(store.putTile(id.level(), id.index(), hashes)));
    writes.add(store.putIndex(Derivation.index(generation, batch, entries)));
    for (CompletionStage<Void> write : writes) {
      await(write);
    }
    return grown.edge();
  }

  /** The greatest time of the entries up to that head. */
  public Optional<Instant> latest(LogHead head) {
    return head.batch() == null
        ? Optional.empty()
        : Optional.ofNullable(batch(old, head.batch()).latest());
  }

  /**
   * Adopts the log, or finishes an adoption that was begun.
   *
   * @param planned what was agreed to
   * @param first entry 0 of the next generation
   * @return entry 0 as it is: somebody else's, where that came first
   * @throws AdoptionException if the log is not as it was planned
   */
  public LogItem adopt(LogHead planned, LogItem first) {
    LogHead head = head();
    if (!head.closed()) {
      head = close(head, planned, LogEntry.of(first, format));
    }
    return finish(head);
  }

  /** Finishes an adoption that was begun; empty where none was. */
  public Optional<LogItem> finish() {
    LogHead head = head();
    return head.closed() ? Optional.of(finish(head)) : Optional.empty();
  }

  /** A death before the head row is closed leaves a batch that nobody names. */
  private LogHead close(LogHead head, LogHead planned, LogEntry first) {
    if (head.size() == 0 || head.size() != planned.size() || !head.root().equals(planned.root())) {
      throw moved(head);
    }
    Instant latest = latest(head).orElse(null);
    if (!LoggedTimes.follows(first.at(), latest)) {
      throw new AdoptionException(
          "the log has an entry of " + latest + ", and this clock says " + first.at());
    }
    UUID id = batchIds.get();
    Instant greatest = LoggedTimes.later(latest, first.at());
    await(next.putBatch(new Batch(id, null, 0, 1, greatest, List.of(first.item()))));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      attempt(old.close(head, id));
      LogHead now = head();
      if (now.closed()) {
        return now;
      }
      if (now.size() != head.size() || now.term() != head.term()) {
        throw moved(now);
      }
    }
    throw new IllegalStateException("the head row could not be closed");
  }

  private static AdoptionException moved(LogHead now) {
    return new AdoptionException(
        "the log has " + now.size() + " entries, root " + now.root() + ": plan again");
  }

  private LogItem finish(LogHead closed) {
    derive(closed);
    UUID id = closed.next();
    if (id == null) {
      throw new IllegalStateException("the log is not closed");
    }
    Batch batch = batch(next, id);
    TreeEdge.Grown grown =
        TreeEdge.EMPTY.append(
            LogEntry.all(batch.items(), format).stream().map(LogEntry::hash).toList());
    LogHead head = await(next.head());
    for (int attempt = 0; head.size() == 0 && attempt < ATTEMPTS; attempt++) {
      attempt(
          head.term() == 0
              ? next.claim(0)
              : next.commit(head, new LogHead(batch.end(), grown.root(), id, head.term())));
      head = await(next.head());
    }
    if (head.size() == 0) {
      throw new IllegalStateException("the head row of the next generation could not be set");
    }
    if (id.equals(head.batch())) {
      // As a sequencer does it: what a reader may see, the file remembers.
      derive(next, log.last() + 1, batch, TreeEdge.EMPTY);
      Checkpoint checkpoint = new Checkpoint(signer.key().name(), head.size(), head.root());
      StoredCheckpoint stored = new StoredCheckpoint(head.size(), signer.sign(checkpoint));
      await(memory.remember(stored));
      await(next.putCheckpoint(stored));
    }
    return batch.items().get(0);
  }

  private static Batch batch(LogStore store, UUID id) {
    return await(store.batch(id))
        .orElseThrow(() -> new IllegalStateException("batch " + id + " is missing"));
  }

  /** Whatever the reply, the head row says what happened. */
  private static void attempt(CompletionStage<Boolean> write) {
    try {
      await(write);
    } catch (IllegalStateException unknown) {
      // It may have been applied, or may still be.
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() instanceof CompletionException c ? c.getCause() : e.getCause();
      throw new IllegalStateException(String.valueOf(cause), cause);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the database gave no answer", e);
    }
  }
}
