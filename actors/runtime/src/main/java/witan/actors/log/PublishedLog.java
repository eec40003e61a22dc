package witan.actors.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import witan.domain.api.LogReads;
import witan.domain.common.Digest;
import witan.log.tile.EntryBundle;
import witan.log.tile.TileId;
import witan.log.tile.TileProver;
import witan.log.tile.Tiles;
import witan.log.tree.Hash;

/** The read API of the log over its rows; up to the published checkpoint only. Thread-safe. */
public final class PublishedLog implements LogReads {
  /** Full tiles never change; 8 KiB each. */
  private static final int CACHED_TILES = 2_048;

  private static final Hash UNKNOWN = EntryFormat.NONE;

  private final LogStore store;
  private final PublishedSize published;
  private final Duration poll;
  private final Duration timeout;
  private final BoundedCache<TileId, List<Hash>> full = new BoundedCache<>(CACHED_TILES);

  /**
   * Reads of that store.
   *
   * @param poll how often {@link #checkpointCovering} looks
   * @param timeout after which it fails with a TimeoutException
   */
  public PublishedLog(LogStore store, PublishedSize published, Duration poll, Duration timeout) {
    this.store = store;
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
    return seen.size() > index
        ? CompletableFuture.completedFuture(seen.note())
        : covering(index, System.nanoTime() + timeout.toNanos());
  }

  private CompletionStage<String> covering(long index, long deadline) {
    return published
        .latest()
        .thenCompose(
            latest -> {
              if (latest.size() > index) {
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
    return ifPublished(
        index + 1, () -> store.leaves(index, 1).thenApply(rows -> rows.get(0).entry()));
  }

  @Override
  public CompletionStage<Optional<List<Digest>>> inclusion(long index, long size) {
    return ifPublished(size, () -> prove(prover -> prover.inclusion(index, size)));
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
        : ifPublished(end << (8 * level), () -> hashes(id).thenApply(Tiles::encode));
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

  /**
   * Which tiles a proof reads does not depend on what is in them: a first pass over blank tiles
   * names them, then all are fetched at once.
   */
  private CompletionStage<List<Digest>> prove(Function<TileProver, List<Hash>> proof) {
    Set<TileId> needed = new LinkedHashSet<>();
    List<Hash> blank =
        proof.apply(
            new TileProver(
                id -> {
                  needed.add(id);
                  return java.util.Collections.nCopies(id.width(), UNKNOWN);
                }));
    if (needed.isEmpty()) {
      return CompletableFuture.completedFuture(digests(blank));
    }
    Map<TileId, List<Hash>> tiles = new ConcurrentHashMap<>();
    List<CompletionStage<Void>> reads = new ArrayList<>();
    for (TileId id : needed) {
      reads.add(hashes(id).thenAccept(found -> tiles.put(id, found)));
    }
    return Derivation.all(reads)
        .thenApply(
            done -> digests(proof.apply(new TileProver(id -> tiles.getOrDefault(id, List.of())))));
  }

  private CompletionStage<List<Hash>> hashes(TileId id) {
    if (!id.isFull()) {
      return TreeEdge.loadPartial(store, id.level(), id.index() * TileId.FULL, id.width());
    }
    List<Hash> cached = full.get(id);
    return cached != null
        ? CompletableFuture.completedFuture(cached)
        : store
            .tile(id.level(), id.index())
            .thenApply(
                found -> {
                  List<Hash> hashes =
                      found.orElseThrow(() -> new IllegalStateException(id.path() + " is missing"));
                  full.put(id, hashes);
                  return hashes;
                });
  }

  private static List<Digest> digests(List<Hash> hashes) {
    return hashes.stream().map(h -> new Digest(h.hex())).collect(Collectors.toUnmodifiableList());
  }
}
