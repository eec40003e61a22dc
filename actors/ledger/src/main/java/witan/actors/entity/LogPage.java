package witan.actors.entity;

import java.util.ArrayList;
import java.util.List;
import witan.actors.log.EntryFormat;
import witan.actors.log.LogItem;
import witan.actors.spi.StoredEntry;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** Entries of the log as they were read to go on with a chain. */
final class LogPage {
  /** An entry is not the next one; its number. */
  static final class Contradiction extends Exception {
    private static final long serialVersionUID = 1L;

    Contradiction(long seq) {
      super("entry " + seq + " of the log contradicts the chain");
    }
  }

  private LogPage() {}

  /** What comes next in the chain, as much of it as is persisted at once. */
  static List<Recorded> following(Chain chain, List<StoredEntry> entries, Decider<?, ?, ?> decider)
      throws Contradiction {
    List<Recorded> rows = new ArrayList<>();
    long seq = chain.seq();
    Hash head = chain.head();
    int bytes = 0;
    for (StoredEntry stored : entries) {
      LogItem item = new LogItem(stored.entry(), stored.sealedBody());
      EntryFormat.Header header = decider.format().header(item.entry());
      if (header.seq() <= chain.seq()) {
        continue;
      }
      bytes += item.size();
      if (rows.size() == decider.settings().appendEntries()
          || (bytes > decider.settings().appendBytes() && !rows.isEmpty())) {
        break;
      }
      if (!header.pid().equals(decider.pid())
          || header.seq() != ++seq
          || !header.prev().equals(head)) {
        throw new Contradiction(header.seq());
      }
      head = Hashing.leaf(item.entry());
      rows.add(new Recorded(stored.index(), item));
    }
    return rows;
  }
}
