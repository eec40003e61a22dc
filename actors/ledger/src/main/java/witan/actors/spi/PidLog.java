package witan.actors.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads of committed entries, pid by pid. Thread-safe. */
public interface PidLog {
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

  /** Size of the log that these reads show. */
  CompletionStage<Long> publishedSize();
}
