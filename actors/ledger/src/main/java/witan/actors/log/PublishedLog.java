package witan.actors.log;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import witan.domain.api.LogReads;
import witan.domain.common.Digest;
import witan.domain.common.LogIndex;
import witan.log.tile.EntryBundle;
import witan.log.tile.TileId;
import witan.log.tile.TileProver;
import witan.log.tile.Tiles;
import witan.log.tree.Hash;

/** The read API of the log over its rows; up to the published checkpoint only. Thread-safe. */
public final class PublishedLog implements LogReads {
  private final LogGenerations log;
  private final LogStore store;
  private final PublishedSize published;
  private final Duration poll;
  private final Duration timeout;
  private final TileReads tiles;
  private final List<TileReads> closed;

  /**
   * Reads of that log.
   *
   * @param poll how often {@link #checkpointCovering} looks
   * @param timeout after which it fails with a TimeoutException
   */
  public PublishedLog(
      LogGenerations log, PublishedSize published, Duration poll, Duration timeout) {
    this.log = log;
    this.store = log.current();
    this.closed = log.closed().stream().map(one -> new TileReads(one.store())).toList();
    this.tiles = new TileReads(store);
    this.published = published;
    this.poll = poll;
    this.timeout = timeout;
  }

  /** Fails with IllegalStateException before a sequencer has opened the log. */
  @Override
  public CompletionStage<String> checkpoint() {
    return published
        .latest()
        .thenApply(
            latest -> {
              if (latest.note().isEmpty()) {
                throw new IllegalStateException("no sequencer has opened the log yet");
              }
              return latest.note();
            });
  }

  @Override
  public CompletionStage<String> checkpointCovering(long index) {
    StoredCheckpoint seen = published.seen();
    return log.end(seen.size()) > index
        ? CompletableFuture.completedFuture(seen.note())
        : covering(index, System.nanoTime() + timeout.toNanos());
  }

  private CompletionStage<String> covering(long index, long deadline) {
    return published
        .latest()
        .thenCompose(
            latest -> {
              if (log.end(latest.size()) > index) {
                return CompletableFuture.completedFuture(latest.note());
              }
              if (System.nanoTime() - deadline > 0) {
                return CompletableFuture.failedFuture(
                    new TimeoutException("entry " + index + " is not published yet"));
              }
              Executor later =
                  CompletableFuture.delayedExecutor(poll.toMillis(), TimeUnit.MILLISECONDS);
              return CompletableFuture.supplyAsync(() -> index, later)
                  .thenCompose(again -> covering(again, deadline));
            });
  }

  @Override
  public CompletionStage<Optional<byte[]>> entry(long index) {
    int generation = LogIndex.generation(index);
    long inTree = LogIndex.inTree(index);
    if (index < 0 || generation > log.last()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (generation == log.last()) {
      return ifPublished(
          inTree + 1, () -> store.leaves(inTree, 1).thenApply(rows -> rows.get(0).entry()));
    }
    return inTree >= log.size(generation, 0)
        ? CompletableFuture.completedFuture(Optional.empty())
        : log.store(generation)
            .leaves(inTree, 1)
            .thenApply(rows -> rows.stream().findFirst().map(LeafRow::entry));
  }

  @Override
  public CompletionStage<Optional<List<Digest>>> inclusion(long index, long size) {
    int generation = LogIndex.generation(index);
    long inTree = LogIndex.inTree(index);
    if (index < 0 || generation >= log.last()) {
      return generation > log.last() || inTree >= size
          ? CompletableFuture.completedFuture(Optional.empty())
          : ifPublished(size, () -> prove(prover -> prover.inclusion(inTree, size)));
    }
    long whole = log.size(generation, 0);
    return inTree >= whole
        ? CompletableFuture.completedFuture(Optional.empty())
        : closed
            .get(generation)
            .prove(prover -> prover.inclusion(inTree, whole))
            .thenApply(proof -> Optional.of(digests(proof)));
  }

  @Override
  public CompletionStage<Optional<List<Digest>>> consistency(long size1, long size2) {
    return ifPublished(size2, () -> prove(prover -> prover.consistency(size1, size2)));
  }

  @Override
  public CompletionStage<Optional<byte[]>> tile(int level, long index, int width) {
    TileId id = new TileId(level, index, width);
    long end = index * TileId.FULL + width;
    boolean beyond = end > Long.MAX_VALUE >>> (8 * level);
    return beyond
        ? CompletableFuture.completedFuture(Optional.empty())
        : ifPublished(end << (8 * level), () -> tiles.hashes(id).thenApply(Tiles::encode));
  }

  @Override
  public CompletionStage<Optional<byte[]>> entries(long index, int width) {
    long first = new TileId(0, index, width).index() * TileId.FULL;
    return ifPublished(
        first + width,
        () ->
            store
                .leaves(first, width)
                .thenApply(rows -> EntryBundle.encode(rows.stream().map(LeafRow::entry).toList())));
  }

  private <T> CompletionStage<Optional<T>> ifPublished(
      long size, java.util.function.Supplier<CompletionStage<T>> read) {
    return published
        .latest()
        .thenCompose(
            latest ->
                size <= 0 || size > latest.size()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : read.get().thenApply(Optional::of));
  }

  private CompletionStage<List<Digest>> prove(Function<TileProver, List<Hash>> proof) {
    return tiles.prove(proof).thenApply(PublishedLog::digests);
  }

  private static List<Digest> digests(List<Hash> hashes) {
    return hashes.stream().map(h -> new Digest(h.hex())).collect(Collectors.toUnmodifiableList());
  }
}
