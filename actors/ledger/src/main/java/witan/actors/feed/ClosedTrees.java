package witan.actors.feed;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import witan.actors.log.LeafRow;
import witan.actors.log.LogGenerations;
import witan.actors.log.LogStore;
import witan.actors.log.PlacedEntries;
import witan.actors.spi.StoredEntry;
import witan.domain.adoption.AdoptionEvent.LogAdopted;
import witan.domain.common.LogIndex;
import witan.log.tile.TileId;
import witan.log.tree.Hash;

/**
 * Reads the generations that are closed, each from entry 0 to where the next one says that it
 * ended. What they come to is borne out by the signed root of the present one, whose entry 0 names
 * the last of them. Thread-safe.
 */
final class ClosedTrees {
  private final LogGenerations log;
  private final List<String> origins;
  private final Function<StoredEntry, CompletionStage<LogAdopted>> adoptions;
  private final @Nullable FeedState before;
  private final PlacedEntries placed;
  private final Executor threads;

  /**
   * Of a log.
   *
   * @param origins of its generations
   * @param adoptions what an entry 0 says, opened and checked against its entry
   * @param before what this node had proved in an earlier generation, which must be in it, or lost
   */
  ClosedTrees(
      LogGenerations log,
      List<String> origins,
      Function<StoredEntry, CompletionStage<LogAdopted>> adoptions,
      @Nullable FeedState before,
      Executor threads) {
    this.log = log;
    this.origins = List.copyOf(origins);
    this.adoptions = adoptions;
    this.before = before;
    this.placed = new PlacedEntries(log);
    this.threads = threads;
  }

  /** The draft after entry 0 of the present generation; fails with {@link FeedException}. */
  CompletionStage<FeedDraft> read(FeedDraft draft) {
    int generation = draft.closed().size();
    if (generation == log.last()) {
      return CompletableFuture.completedFuture(draft);
    }
    long whole = log.size(generation, 0);
    LogStore store = log.store(generation);
    FeedState known = before;
    long checked =
        known != null && known.closed().size() == generation && known.frontier().size() <= whole
            ? known.frontier().size()
            : draft.size();
    return readTo(draft, store, checked)
        .thenCompose(
            done -> {
              if (known != null && checked == known.frontier().size() && checked > 0) {
                same(draft.frontier().root().equals(known.frontier().root()), generation);
              }
              return readTo(draft, store, whole);
            })
        .thenCompose(done -> adopted(draft, generation + 1))
        .thenCompose(done -> read(draft));
  }

  private CompletionStage<Void> readTo(FeedDraft draft, LogStore store, long size) {
    long from = draft.size();
    if (from >= size) {
      return CompletableFuture.completedFuture(null);
    }
    int max = (int) Math.min(TileId.FULL - from % TileId.FULL, size - from);
    return store
        .leaves(from, max)
        .thenComposeAsync(
            rows -> {
              draft.take(rows, max);
              return readTo(draft, store, size);
            },
            threads);
  }

  private CompletionStage<Void> adopted(FeedDraft draft, int generation) {
    return log.store(generation)
        .leaves(0, 1)
        .thenCompose(
            rows -> {
              if (rows.isEmpty()) {
                throw new FeedException(
                    FeedProblem.ENTRY_HIDDEN, "generation " + generation + " has no entry 0");
              }
              LeafRow row = rows.get(0);
              return placed.read(
                  List.of(
                      new PlacedEntries.Place(
                          LogIndex.of(generation, 0), row.hash(), row.batch())));
            })
        .thenCompose(
            entries ->
                adoptions
                    .apply(entries.get(0))
                    .thenAccept(
                        e -> {
                          same(
                              e.origin().equals(origins.get(generation))
                                  && e.oldOrigin().equals(origins.get(generation - 1))
                                  && e.oldSize() == draft.size()
                                  && Hash.of(e.oldRoot().bytes()).equals(draft.frontier().root()),
                              generation);
                          draft.close();
                          draft.addAll(List.of(entries.get(0).entry()));
                        }));
  }

  private static void same(boolean same, int generation) {
    if (!same) {
      throw new FeedException(
          FeedProblem.LOG_FORKED,
          "generation "
              + generation
              + " is of another log than its rows, or this node, have proved");
    }
  }
}
