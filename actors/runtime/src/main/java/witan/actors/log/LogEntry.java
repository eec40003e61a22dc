package witan.actors.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.LoggedTimes;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * An item with what orders it.
 *
 * @param hash leaf hash of the entry's bytes
 */
public record LogEntry(String pid, long seq, Hash prev, Instant at, Hash hash, LogItem item) {

  /**
   * Reads what orders the item, and hashes it.
   *
   * @throws IllegalArgumentException if the bytes are no entry
   */
  public static LogEntry of(LogItem item, EntryFormat format) {
    EntryFormat.Header header = format.header(item.entry());
    return new LogEntry(
        header.pid(), header.seq(), header.prev(), header.at(), Hashing.leaf(item.entry()), item);
  }

  /** In the same order. */
  public static List<LogEntry> all(List<LogItem> items, EntryFormat format) {
    List<LogEntry> entries = new ArrayList<>(items.size());
    for (LogItem item : items) {
      entries.add(of(item, format));
    }
    return entries;
  }

  /** The greatest of that time and the entries'. */
  static @Nullable Instant latest(@Nullable Instant before, List<LogEntry> entries) {
    Instant latest = before;
    for (LogEntry entry : entries) {
      latest = LoggedTimes.later(latest, entry.at());
    }
    return latest;
  }

  /** Whether this is the entry after the one with that number and hash. */
  public boolean follows(long lastSeq, Hash last) {
    return seq == lastSeq + 1 && prev.equals(last);
  }
}
