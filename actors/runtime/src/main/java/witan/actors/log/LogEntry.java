package witan.actors.log;

import java.util.ArrayList;
import java.util.List;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * An item with what orders it.
 *
 * @param hash leaf hash of the entry's bytes
 */
public record LogEntry(String pid, long seq, Hash prev, Hash hash, LogItem item) {

  /**
   * Reads what orders the item, and hashes it.
   *
   * @throws IllegalArgumentException if the bytes are no entry
   */
  public static LogEntry of(LogItem item, EntryFormat format) {
    EntryFormat.Header header = format.header(item.entry());
    return new LogEntry(
        header.pid(), header.seq(), header.prev(), Hashing.leaf(item.entry()), item);
  }

  /** In the same order. */
  public static List<LogEntry> all(List<LogItem> items, EntryFormat format) {
    List<LogEntry> entries = new ArrayList<>(items.size());
    for (LogItem item : items) {
      entries.add(of(item, format));
    }
    return entries;
  }

  /** Whether this is the entry after the one with that number and hash. */
  public boolean follows(long lastSeq, Hash last) {
    return seq == lastSeq + 1 && prev.equals(last);
  }
}
