package witan.actors.log;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import witan.log.tree.Hash;

/**
 * Takes the log over: moves the term, reads the head after that (nothing of an older term can be
 * committed any more), derives whatever the predecessor left underived, and asks outside the
 * database whether this is the log that was signed.
 */
final class Succession {
  private final LogGenerations log;
  private final LogStore store;
  private final TileReads tiles;
  private final LogMemory memory;
  private final StoreCalls calls;
  private final Derivation derivation;
  private final EntryFormat format;
  private final SequencerSettings settings;
  private final SequencerHost host;

  Succession(
      LogGenerations log,
      LogMemory memory,
      StoreCalls calls,
      Derivation derivation,
      EntryFormat format,
      SequencerSettings settings,
      SequencerHost host) {
    this.log = log;
    this.store = log.current();
    this.tiles = new TileReads(store);
    this.memory = memory;
    this.calls = calls;
    this.derivation = derivation;
    this.format = format;
    this.settings = settings;
    this.host = host;
  }

  /**
   * The log as it was found.
   *
   * @param latest the greatest time of its entries; null in an empty log
   * @param version the greatest of its entries' versions; 0 in an empty log
   */
  record Found(LogHead head, TreeEdge tree, @Nullable Instant latest, int version) {}

  /**
   * Begins; all else follows on the host's thread.
   *
   * @param then takes what was found, when all that is committed is derived
   */
  void start(Consumer<Found> then) {
    claim(1, then);
  }

  private void claim(int attempt, Consumer<Found> then) {
    if (attempt > settings.attempts()) {
      calls.stop("could not claim the log in " + settings.attempts() + " attempts", false);
      return;
    }
    calls.call(
        "read head",
        store::head,
        seen -> {
          if (seen.closed()) {
            calls.halt(
                "log_closed: the log was adopted as generation "
                    + (log.last() + 1)
                    + ", which witan.log.generation of this node does not name");
          } else if (seen.size() == 0 && log.last() > 0) {
            // It would begin with something else than the adoption.
            calls.halt(
                "log_not_adopted: generation "
                    + log.last()
                    + " is empty: let the adoption be finished, by running it again");
          } else {
            claim(seen, attempt, then);
          }
        });
  }

  /** Only an applied claim is ours: after a lost reply the term may be somebody else's. */
  private void claim(LogHead seen, int attempt, Consumer<Found> then) {
    calls.on(
        () -> store.claim(seen.term()),
        (applied, failure) -> {
          if (failure == null && Boolean.TRUE.equals(applied)) {
            // The cursor first: read after the head it might belong to a successor's commits.
            calls.call(
                "read cursor",
                store::cursor,
                cursor ->
                    calls.call(
                        "read head",
                        store::head,
                        now -> succeed(now, seen.term() + 1, cursor, then)));
          } else {
            host.after(settings.retryDelay(), () -> claim(attempt + 1, then));
          }
        });
  }

  private void succeed(LogHead now, long term, long cursor, Consumer<Found> then) {
    if (now.term() != term) {
      calls.stop("term " + term + " was succeeded by " + now.term(), false);
    } else if (cursor > now.size()) {
      calls.stop("the log was rolled back: " + cursor + " entries were indexed", true);
    } else {
      walk(
          now.batch(),
          now.size(),
          cursor,
          new ArrayDeque<>(),
          (start, missing) ->
              calls.call(
                  "load tree",
                  () -> TreeEdge.load(store, start),
                  tree -> derive(now, tree, new ArrayDeque<>(missing), missing, then)));
    }
  }

  /** Back along the chain of batches, until everything before is derived. */
  private void walk(
      @Nullable UUID id,
      long end,
      long cursor,
      Deque<UUID> missing,
      BiConsumer<Long, Deque<UUID>> then) {
    if (end <= cursor || id == null) {
      then.accept(end, missing);
      return;
    }
    read(
        id,
        batch -> {
          if (batch.end() != end) {
            calls.stop("batch " + id + " ends at " + batch.end() + ", not at " + end, true);
            return;
          }
          missing.push(id);
          walk(batch.previous(), batch.start(), cursor, missing, then);
        });
  }

  private void derive(
      LogHead head, TreeEdge tree, Deque<UUID> left, Deque<UUID> missing, Consumer<Found> then) {
    if (!left.isEmpty()) {
      read(
          left.pop(),
          batch -> {
            List<LogEntry> entries = LogEntry.all(batch.items(), format);
            TreeEdge.Grown grown = tree.append(entries.stream().map(LogEntry::hash).toList());
            derivation.leavesAndTiles(
                batch,
                entries,
                grown,
                () -> CompletableFuture.completedFuture(null),
                () -> derive(head, grown.edge(), left, missing, then));
          });
    } else if (tree.size() != head.size() || !tree.root().equals(head.root())) {
      calls.stop("the tree's root at " + tree.size() + " is not the head's", true);
    } else {
      calls.call(
          "ask what is remembered",
          memory::ask,
          asked ->
              compare(
                  head,
                  new ArrayDeque<>(asked.known()),
                  () -> {
                    host.accepted(asked, head.size());
                    publish(head, () -> index(missing, () -> found(head, tree, then)));
                  }));
    }
  }

  /** Nothing is signed before all that is remembered was compared with the head. */
  private void compare(LogHead head, Deque<Remembered> left, Runnable then) {
    if (left.isEmpty()) {
      then.run();
      return;
    }
    Remembered known = left.pop();
    calls.call(
        "prove what is remembered",
        () ->
            known.needsProof(head.size())
                ? tiles.prove(p -> p.consistency(known.size(), head.size()))
                : CompletableFuture.completedFuture(List.<Hash>of()),
        proof ->
            known
                .contradicts(head.size(), head.root(), proof)
                .ifPresentOrElse(why -> confirm(head, why), () -> compare(head, left, then)));
  }

  /** A successor may have gone on while others were asked: then they remember more, and rightly. */
  private void confirm(LogHead head, String why) {
    calls.call(
        "read head",
        store::head,
        now -> {
          if (now.term() == head.term()) {
            calls.halt(why);
          } else {
            calls.stop("term " + head.term() + " was succeeded by " + now.term(), false);
          }
        });
  }

  /** In this order: whatever a reader may see, the file of this node remembers. */
  private void publish(LogHead head, Runnable then) {
    StoredCheckpoint checkpoint = derivation.signed(head);
    calls.call(
        "remember checkpoint",
        () -> memory.remember(checkpoint),
        done -> derivation.publish(checkpoint, then));
  }

  private void index(Deque<UUID> left, Runnable then) {
    if (left.isEmpty()) {
      then.run();
      return;
    }
    read(
        left.pop(),
        batch ->
            derivation.index(batch, LogEntry.all(batch.items(), format), () -> index(left, then)));
  }

  /**
   * Time and version are of the whole log, as its last batch has them: an older release's has only
   * its own entries' time, and versions never go back.
   */
  private void found(LogHead head, TreeEdge tree, Consumer<Found> then) {
    UUID last = head.batch();
    if (last == null) {
      then.accept(new Found(head, tree, null, 0));
      return;
    }
    read(
        last,
        batch -> {
          List<LogEntry> entries = LogEntry.all(batch.items(), format);
          Instant latest = batch.latest() == null ? LogEntry.latest(null, entries) : batch.latest();
          then.accept(new Found(head, tree, latest, LogEntry.newest(0, entries)));
        });
  }

  private void read(UUID id, Consumer<Batch> then) {
    calls.call(
        "read batch",
        () -> store.batch(id),
        found ->
            found.ifPresentOrElse(
                then, () -> calls.stop("batch " + id + " of the chain is missing", true)));
  }
}
