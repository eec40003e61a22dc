package witan.actors.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.EntryLog;
import witan.actors.spi.StoredEntry;
import witan.log.tile.TileId;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * Entries and sealed bodies from the batches. Every entry is checked against the hash that its row
 * names; a body is checked against its entry where it is opened, by the codec: only the subject's
 * key can tell.
 */
public final class CommittedEntries implements EntryLog {
  private static final int CACHED_BATCHES = 32;

  private record Place(long index, Hash hash, UUID batch) {}

  private final LogStore store;
  private final PublishedSize published;
  private final BoundedCache<UUID, Batch> batches = new BoundedCache<>(CACHED_BATCHES);

  public CommittedEntries(LogStore store) {
    this.store = store;
    this.published = new PublishedSize(store);
  }

  /** What the published checkpoint does not cover is left out. */
  @Override
  public CompletionStage<List<StoredEntry>> ofPid(String pid, long fromSeq) {
    return ofPid(pid, fromSeq, PAGE);
  }

  @Override
  public CompletionStage<Optional<StoredEntry>> firstOf(String pid) {
    return ofPid(pid, 1, 1).thenApply(page -> page.stream().findFirst());
  }

  private CompletionStage<List<StoredEntry>> ofPid(String pid, long fromSeq, int max) {
    return published
        .latest()
        .thenCompose(
            checkpoint ->
                store
                    .indexOf(pid, fromSeq, max)
                    .thenCompose(
                        rows -> read(contiguous(rows, Math.max(1, fromSeq), checkpoint.size()))));
  }

  private static List<Place> contiguous(List<IndexRow> rows, long fromSeq, long size) {
    List<Place> places = new ArrayList<>();
    for (IndexRow row : rows) {
      if (row.index() >= size || row.seq() != fromSeq + places.size()) {
        break;
      }
      places.add(new Place(row.index(), row.hash(), row.batch()));
    }
    return places;
  }

  @Override
  public CompletionStage<List<StoredEntry>> from(long index, int max) {
    return published.latest().thenCompose(checkpoint -> from(index, max, checkpoint.size()));
  }

  private CompletionStage<List<StoredEntry>> from(long index, int max, long size) {
    long end = Math.min(Math.min(index + max, size), (index / TileId.FULL + 1) * TileId.FULL);
    if (index < 0 || index >= end) {
      return CompletableFuture.completedFuture(List.of());
    }
    return store
        .leaves(index, (int) (end - index))
        .thenCompose(
            rows ->
                read(rows.stream().map(r -> new Place(r.index(), r.hash(), r.batch())).toList()));
  }

  @Override
  public CompletionStage<Long> publishedSize() {
    return published.latest().thenApply(StoredCheckpoint::size);
  }

  private CompletionStage<List<StoredEntry>> read(List<Place> places) {
    CompletionStage<Map<UUID, Batch>> found = CompletableFuture.completedFuture(new HashMap<>());
    for (UUID id : places.stream().map(Place::batch).distinct().toList()) {
      found =
          found.thenCombine(
              batch(id),
              (all, batch) -> {
                all.put(id, batch);
                return all;
              });
    }
    return found.thenApply(all -> places.stream().map(p -> entry(p, all)).toList());
  }

  private static StoredEntry entry(Place place, Map<UUID, Batch> all) {
    Batch batch = all.get(place.batch());
    long at = place.index() - (batch == null ? 0 : batch.start());
    if (batch == null || at < 0 || at >= batch.items().size()) {
      throw new IllegalStateException("entry " + place.index() + " is not in its batch");
    }
    LogItem item = batch.items().get((int) at);
    if (!Hashing.leaf(item.entry()).equals(place.hash())) {
      throw new IllegalStateException("entry " + place.index() + " is not what was committed");
    }
    return new StoredEntry(place.index(), item.entry(), item.sealedBody());
  }

  private CompletionStage<Batch> batch(UUID id) {
    Batch cached = batches.get(id);
    if (cached != null) {
      return CompletableFuture.completedFuture(cached);
    }
    return store
        .batch(id)
        .thenApply(
            found -> {
              Batch batch =
                  found.orElseThrow(() -> new IllegalStateException("batch " + id + " is missing"));
              batches.put(id, batch);
              return batch;
            });
  }
}
