package witan.actors.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads of committed entries; every body was checked against its entry. Thread-safe. */
public interface EntryLog {
  /**
   * The entries of a pid from that number on, in order, without a gap; empty when there is none.
   */
  CompletionStage<List<StoredEntry>> ofPid(String pid, long fromSeq);

  /**
   * Entries from that index on, at most {@code max}, only such as the published checkpoint covers.
   */
  CompletionStage<List<StoredEntry>> from(long index, int max);

  /** Size of the published checkpoint. */
  CompletionStage<Long> publishedSize();
}
