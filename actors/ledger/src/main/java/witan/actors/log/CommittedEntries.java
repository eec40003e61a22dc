package witan.actors.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.log.PlacedEntries.Place;
import witan.actors.spi.EntryLog;
import witan.actors.spi.StoredEntry;
import witan.domain.common.LogIndex;
import witan.log.tile.TileId;

/**
 * Entries and sealed bodies from the batches. Every entry is checked against the hash that its row
 * names; a body is checked against its entry where it is opened, by the codec: only the subject's
 * key can tell.
 */
public final class CommittedEntries implements EntryLog {
  private final LogGenerations log;
  private final PublishedSize published;
  private final PlacedEntries entries;

  public CommittedEntries(LogGenerations log, PublishedSize published) {
    this.log = log;
    this.published = published;
    this.entries = new PlacedEntries(log);
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
                log.indexOf(pid, fromSeq, max)
                    .thenCompose(
                        rows ->
                            entries.read(
                                contiguous(
                                    rows, Math.max(1, fromSeq), log.end(checkpoint.size())))));
  }

  private static List<Place> contiguous(List<IndexRow> rows, long fromSeq, long end) {
    List<Place> places = new ArrayList<>();
    for (IndexRow row : rows) {
      if (row.index() >= end || row.seq() != fromSeq + places.size()) {
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

  private CompletionStage<List<StoredEntry>> from(long index, int max, long published) {
    if (index < 0) {
      return CompletableFuture.completedFuture(List.of());
    }
    long place = log.after(index);
    int generation = LogIndex.generation(place);
    long first = LogIndex.inTree(place);
    long size = generation > log.last() ? 0 : log.size(generation, published);
    long end = Math.min(Math.min(first + max, size), (first / TileId.FULL + 1) * TileId.FULL);
    if (first >= end) {
      return CompletableFuture.completedFuture(List.of());
    }
    return log.store(generation)
        .leaves(first, (int) (end - first))
        .thenCompose(
            rows ->
                entries.read(
                    rows.stream()
                        .map(
                            r -> new Place(LogIndex.of(generation, r.index()), r.hash(), r.batch()))
                        .toList()));
  }

  @Override
  public CompletionStage<Long> publishedSize() {
    return published.latest().thenApply(checkpoint -> log.end(checkpoint.size()));
  }
}
