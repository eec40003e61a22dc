package witan.actors.feed;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;

/**
 * What is proved of the log: the tree, and the heads of the chains that are followed. Pure, not
 * thread-safe; changed only by {@link #adopt}.
 */
final class FeedState {
  /** A generation that is closed. */
  record Tree(long size, Hash root) {}

  private final FeedScope scope;
  private List<Tree> closed;
  private Frontier frontier;
  private int version;

  /** The one that was silent longest first. */
  private final Map<String, Head> heads = new LinkedHashMap<>();

  /** Tags of ended cases, the first ended first. */
  private final Set<Long> ended = new LinkedHashSet<>();

  FeedState(
      FeedScope scope,
      List<Tree> closed,
      Frontier frontier,
      int version,
      Map<String, Head> heads,
      Set<Long> ended) {
    this.scope = scope;
    this.closed = List.copyOf(closed);
    this.frontier = frontier;
    this.version = version;
    this.heads.putAll(heads);
    this.ended.addAll(ended);
  }

  static FeedState empty(FeedScope scope) {
    return new FeedState(scope, List.of(), Frontier.EMPTY, 0, Map.of(), Set.of());
  }

  FeedScope scope() {
    return scope;
  }

  /** The generations before the one that the frontier is of. */
  List<Tree> closed() {
    return closed;
  }

  Frontier frontier() {
    return frontier;
  }

  /** The greatest version of an entry so far. */
  int version() {
    return version;
  }

  @Nullable Head head(String pid) {
    return heads.get(pid);
  }

  boolean hasEnded(String pid) {
    return ended.contains(FeedScope.tag(pid));
  }

  Map<String, Head> heads() {
    return heads;
  }

  Set<Long> ended() {
    return ended;
  }

  /** Takes over what the draft, which was made of this state, has come to. */
  void adopt(FeedDraft draft) {
    closed = draft.closed();
    frontier = draft.frontier();
    version = draft.version();
    draft.dropped().forEach(heads::remove);
    draft
        .touched()
        .forEach(
            (pid, head) -> {
              heads.remove(pid);
              heads.put(pid, head);
            });
    ended.addAll(draft.ended());
    shrink(heads, scope.mostHeads(), pid -> {});
    shrink(ended, scope.endedCases());
  }

  static void shrink(Set<Long> tags, int max) {
    Iterator<Long> first = tags.iterator();
    while (tags.size() > max) {
      first.next();
      first.remove();
    }
  }

  /** The council's own are never given up. */
  static void shrink(Map<String, Head> heads, int max, Consumer<String> givenUp) {
    Iterator<String> first = heads.keySet().iterator();
    while (heads.size() > max && first.hasNext()) {
      String pid = first.next();
      if (FeedScope.isCase(pid)) {
        first.remove();
        givenUp.accept(pid);
      }
    }
  }
}
