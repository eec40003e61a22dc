package witan.actors.feed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.actors.log.LeafRow;
import witan.codec.entry.Entry;
import witan.domain.common.LogIndex;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * What rows say beyond the proved state: nothing of it counts until a signed root bears it out.
 * Pure, not thread-safe.
 */
final class FeedDraft {
  private final FeedState base;
  private List<FeedState.Tree> closed;
  private Frontier frontier;
  private int version;
  private final Map<String, Head> touched = new LinkedHashMap<>();
  private final Set<String> dropped = new LinkedHashSet<>();
  private final Set<Long> ended = new LinkedHashSet<>();
  private final Map<String, FeedProblem> breaches = new LinkedHashMap<>();

  FeedDraft(FeedState base) {
    this.base = base;
    this.closed = base.closed();
    this.frontier = base.frontier();
    this.version = base.version();
  }

  /** Of the tree of the generation that it has come to. */
  long size() {
    return frontier.size();
  }

  List<FeedState.Tree> closed() {
    return closed;
  }

  /** What was read so far is the whole tree of its generation; the next one begins. */
  void close() {
    List<FeedState.Tree> all = new ArrayList<>(closed);
    all.add(new FeedState.Tree(frontier.size(), frontier.root()));
    closed = List.copyOf(all);
    frontier = Frontier.EMPTY;
  }

  Frontier frontier() {
    return frontier;
  }

  int version() {
    return version;
  }

  /** Heads that are new, the one touched last at the end. */
  Map<String, Head> touched() {
    return touched;
  }

  /** Chains that are not followed any more. */
  Set<String> dropped() {
    return dropped;
  }

  Set<Long> ended() {
    return ended;
  }

  /** By pid, what this draft has found wrong with chains. */
  Map<String, FeedProblem> breaches() {
    return breaches;
  }

  /**
   * The next entries of the log, as rows give them.
   *
   * @param due that many there must be
   * @throws FeedException (hidden) where one is not there, (forged) where it is not what its row
   *     names: nothing is taken; and as {@link #addAll}
   */
  void take(List<LeafRow> rows, int due) {
    long from = size();
    for (int i = 0; i < due; i++) {
      if (i == rows.size() || rows.get(i).index() != from + i) {
        throw new FeedException(
            FeedProblem.ENTRY_HIDDEN, "entry " + (from + i) + " is published and has no row");
      }
      if (!Hashing.leaf(rows.get(i).entry()).equals(rows.get(i).hash())) {
        throw new FeedException(
            FeedProblem.LOG_ROW_FORGED, "entry " + (from + i) + " is not what its row names");
      }
    }
    addAll(rows.stream().map(LeafRow::entry).toList());
  }

  /**
   * The next entries of the log.
   *
   * @throws FeedException (unreadable) at what is no canonical entry; those before it are taken
   */
  void addAll(List<byte[]> entries) {
    List<Hash> leaves = new ArrayList<>(entries.size());
    try {
      for (byte[] bytes : entries) {
        Hash leaf = Hashing.leaf(bytes);
        follow(LogIndex.of(closed.size(), size() + leaves.size()), leaf, bytes);
        leaves.add(leaf);
      }
    } finally {
      frontier = frontier.appendAll(leaves);
    }
  }

  private void follow(long index, Hash leaf, byte[] bytes) {
    Entry entry = parsed(index, bytes);
    boolean old = entry.v() < version;
    version = Math.max(version, entry.v());
    String pid = entry.pid();
    if (!base.scope().follows(pid)) {
      return;
    }
    Head known = head(pid);
    if (known == null && FeedScope.isCase(pid) && entry.seq() > 1) {
      // Given up, or it goes on after its end: nobody believes what follows.
      return;
    }
    Head before = known == null ? Head.NONE : known;
    Head next = next(before, index, leaf, entry, old, known == null && hasEnded(pid));
    if (before.breach() == null && next.breach() != null) {
      breaches.put(pid, next.breach());
    }
    keep(pid, next, FeedScope.isCase(pid) && FeedScope.isLast(entry.type()));
  }

  private static Head next(
      Head before, long index, Hash leaf, Entry entry, boolean old, boolean again) {
    if (before.breach() == null && old) {
      return before.broken(FeedProblem.ENTRY_VERSION_OLD);
    }
    return again ? before.broken(FeedProblem.LOG_CHAIN_BROKEN) : before.after(index, leaf, entry);
  }

  private static Entry parsed(long index, byte[] bytes) {
    try {
      return Entry.parse(bytes);
    } catch (RuntimeException e) {
      throw new FeedException(
          FeedProblem.LOG_ENTRY_UNREADABLE, "entry " + index + ": " + e.getMessage());
    }
  }

  private @Nullable Head head(String pid) {
    Head touchedHead = touched.get(pid);
    return touchedHead != null || dropped.contains(pid) ? touchedHead : base.head(pid);
  }

  private boolean hasEnded(String pid) {
    return ended.contains(FeedScope.tag(pid)) || base.hasEnded(pid);
  }

  private void keep(String pid, Head next, boolean last) {
    touched.remove(pid);
    if (next.breach() == null && last) {
      drop(pid);
      ended.add(FeedScope.tag(pid));
      FeedState.shrink(ended, base.scope().endedCases());
      return;
    }
    touched.put(pid, next);
    FeedState.shrink(touched, base.scope().mostHeads(), this::drop);
  }

  private void drop(String pid) {
    if (base.head(pid) != null) {
      dropped.add(pid);
    }
  }
}
