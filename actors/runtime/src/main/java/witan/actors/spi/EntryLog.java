package witan.actors.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads of committed entries; every body was checked against its entry. Thread-safe. */
public interface EntryLog {
  /** Most entries of one {@link #ofPid} read; fewer are all there were. */
  int PAGE = 10_000;

  /**
   * The entries of a pid from that number on, in order, without a gap, at most {@link #PAGE}; empty
   * when there is none.
   */
  CompletionStage<List<StoredEntry>> ofPid(String pid, long fromSeq);

  /** The same without the bound: read page by page, all held in memory. */
  default CompletionStage<List<StoredEntry>> allOfPid(String pid, long fromSeq) {
    return ofPid(pid, fromSeq)
        .thenCompose(
            page ->
                page.size() < PAGE
                    ? CompletableFuture.completedFuture(page)
                    : allOfPid(pid, fromSeq + page.size()).thenApply(rest -> joined(page, rest)));
  }

  /** The first entry of a pid; empty when there is none. */
  default CompletionStage<Optional<StoredEntry>> firstOf(String pid) {
    return ofPid(pid, 1).thenApply(page -> page.stream().findFirst());
  }

  private static List<StoredEntry> joined(List<StoredEntry> page, List<StoredEntry> rest) {
    List<StoredEntry> all = new ArrayList<>(page);
    all.addAll(rest);
    return all;
  }

  /**
   * Entries from that index on, at most {@code max}, only such as the published checkpoint covers.
   */
  CompletionStage<List<StoredEntry>> from(long index, int max);

  /** Size of the published checkpoint. */
  CompletionStage<Long> publishedSize();
}
