package witan.actors.entity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.actors.log.LogItem;
import witan.log.tree.Hash;

/**
 * Decided and not yet logged: groups of entries, one group a decision. The first groups are the
 * outstanding append. Not thread-safe.
 */
final class Pending<E, W> {
  record Entry<E>(E event, LogItem item, long seq, Hash hash) {}

  /**
   * One decision.
   *
   * @param held who waits for these entries to be logged; the first is whom they were decided for
   */
  record Group<E, W>(List<Entry<E>> entries, List<W> held) {
    int bytes() {
      return entries.stream().mapToInt(e -> e.item().size()).sum();
    }

    Entry<E> last() {
      return entries.get(entries.size() - 1);
    }
  }

  private final Deque<Group<E, W>> groups = new ArrayDeque<>();
  private int outstanding;

  boolean isEmpty() {
    return groups.isEmpty();
  }

  void add(Group<E, W> group) {
    groups.add(group);
  }

  @Nullable Group<E, W> last() {
    return groups.peekLast();
  }

  /** The group that holds that number. */
  @Nullable Group<E, W> holding(long seq) {
    for (Group<E, W> group : groups) {
      if (group.last().seq() >= seq) {
        return group;
      }
    }
    return null;
  }

  boolean isOutstanding() {
    return outstanding > 0;
  }

  /** Makes the next append of whole groups; the first goes whatever its size. */
  void next(int maxBytes, int maxEntries) {
    int bytes = 0;
    int entries = 0;
    outstanding = 0;
    for (Group<E, W> group : groups) {
      bytes += group.bytes();
      entries += group.entries().size();
      if (outstanding > 0 && (bytes > maxBytes || entries > maxEntries)) {
        break;
      }
      outstanding++;
    }
  }

  /** Entries of the outstanding append; the same until it is removed. */
  List<Entry<E>> outstanding() {
    return groups.stream().limit(outstanding).flatMap(g -> g.entries().stream()).toList();
  }

  List<Group<E, W>> removeOutstanding() {
    List<Group<E, W>> removed = new ArrayList<>();
    for (; outstanding > 0; outstanding--) {
      removed.add(groups.remove());
    }
    return removed;
  }

  /** Everything, the outstanding included. */
  List<Group<E, W>> removeAll() {
    List<Group<E, W>> removed = new ArrayList<>(groups);
    groups.clear();
    outstanding = 0;
    return removed;
  }
}
