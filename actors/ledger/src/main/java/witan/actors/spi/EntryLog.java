package witan.actors.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads of committed entries; every body was checked against its entry. Thread-safe. */
public interface EntryLog extends PidLog {
  /**
   * Entries from that index on, at most {@code max}, only such as the published checkpoint covers.
   */
  CompletionStage<List<StoredEntry>> from(long index, int max);
}
