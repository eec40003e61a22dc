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
public record LogEntry(
    String pid, long seq, Hash prev, Instant at, int v, Hash hash, LogItem item) {

  /**
   * Reads what orders the item, and hashes it.
   *
   * @throws IllegalArgumentException if the bytes are no entry
   */
  public static LogEntry of(LogItem item, EntryFormat format) {
    EntryFormat.Header header = format.header(item.entry());
    return new LogEntry(
        header.pid(),
        header.seq(),
        header.prev(),
        header.at(),
        header.v(),
        Hashing.leaf(item.entry()),
        item);
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

  /** The greatest of that version and the entries'. */
  static int newest(int before, List<LogEntry> entries) {
    return entries.stream().mapToInt(LogEntry::v).reduce(before, Math::max);
  }

  /** Whether the version of one is less than that one, or than that of one before it. */
  static boolean older(List<LogEntry> entries, int version) {
    int greatest = version;
    for (LogEntry entry : entries) {
      if (entry.v() < greatest) {
        return true;
      }
      greatest = entry.v();
    }
    return false;
  }

  /** Whether this is the entry after the one with that number and hash. */
  public boolean follows(long lastSeq, Hash last) {
    return seq == lastSeq + 1 && prev.equals(last);
  }
}
