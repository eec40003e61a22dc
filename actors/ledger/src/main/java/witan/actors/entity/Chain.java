package witan.actors.entity;

import java.util.ArrayList;
import java.util.List;
import witan.actors.log.EntryFormat;
import witan.log.tree.Hash;

/** Hash and index of each logged entry of a pid, 1 to seq. Not thread-safe. */
final class Chain {
  private record Link(Hash hash, long index) {}

  private final List<Link> links = new ArrayList<>();

  /** How an entry stands to the chain. */
  enum Place {
    NEXT,
    KNOWN,
    BEYOND_A_GAP,
    CONTRADICTS
  }

  long seq() {
    return links.size();
  }

  Hash head() {
    return hash(seq());
  }

  /** {@link EntryFormat#NONE} at 0. */
  Hash hash(long seq) {
    return seq == 0 ? EntryFormat.NONE : links.get((int) (seq - 1)).hash();
  }

  long index(long seq) {
    return links.get((int) (seq - 1)).index();
  }

  Place place(EntryFormat.Header header, Hash hash) {
    if (header.seq() <= seq()) {
      return hash(header.seq()).equals(hash) ? Place.KNOWN : Place.CONTRADICTS;
    }
    if (header.seq() > seq() + 1) {
      return Place.BEYOND_A_GAP;
    }
    return header.prev().equals(head()) ? Place.NEXT : Place.CONTRADICTS;
  }

  void add(Hash hash, long index) {
    links.add(new Link(hash, index));
  }
}
