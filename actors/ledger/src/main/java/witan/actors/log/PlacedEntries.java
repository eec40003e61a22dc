package witan.actors.log;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.StoredEntry;
import witan.domain.common.LogIndex;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** Entries with their bodies, out of the batches that rows name. Thread-safe. */
public final class PlacedEntries {
  private static final int CACHED_BATCHES = 32;

  private final LogGenerations log;
  private final BoundedCache<UUID, Batch> batches = new BoundedCache<>(CACHED_BATCHES);

  /** Where a row says that an entry of that hash stands. */
  public record Place(long index, Hash hash, UUID batch) {}

  /** The batch that a row names is not there. */
  public static final class Missing extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }

  /** A batch does not hold at that place what a row names. */
  public static final class Wrong extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  public PlacedEntries(LogGenerations log) {
    this.log = log;
  }

  /** In the same order; fails with {@link Missing} or {@link Wrong}. */
  public CompletionStage<List<StoredEntry>> read(List<Place> places) {
    CompletionStage<Map<UUID, Batch>> found = CompletableFuture.completedFuture(new HashMap<>());
    Map<UUID, Integer> wanted = new LinkedHashMap<>();
    places.forEach(p -> wanted.put(p.batch(), LogIndex.generation(p.index())));
    for (Map.Entry<UUID, Integer> one : wanted.entrySet()) {
      UUID id = one.getKey();
      found =
          found.thenCombine(
              batch(id, one.getValue()),
              (all, batch) -> {
                all.put(id, batch);
                return all;
              });
    }
    return found.thenApply(all -> places.stream().map(p -> entry(p, all)).toList());
  }

  private static StoredEntry entry(Place place, Map<UUID, Batch> all) {
    Batch batch = all.get(place.batch());
    long at = LogIndex.inTree(place.index()) - (batch == null ? 0 : batch.start());
    if (batch == null || at < 0 || at >= batch.items().size()) {
      throw new Wrong("entry " + place.index() + " is not in its batch");
    }
    LogItem item = batch.items().get((int) at);
    if (!Hashing.leaf(item.entry()).equals(place.hash())) {
      throw new Wrong("entry " + place.index() + " is not what was committed");
    }
    return new StoredEntry(place.index(), item.entry(), item.sealedBody());
  }

  private CompletionStage<Batch> batch(UUID id, int generation) {
    Batch cached = batches.get(id);
    if (cached != null) {
      return CompletableFuture.completedFuture(cached);
    }
    return log.store(generation)
        .batch(id)
        .thenApply(
            found -> {
              Batch batch = found.orElseThrow(() -> new Missing("batch " + id + " is missing"));
              batches.put(id, batch);
              return batch;
            });
  }
}
