package witan.actors.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.log.tree.Hash;

/**
 * The heads of pids, as far as a sequencer knows them; bounded. What is forgotten can be looked up:
 * only indexed heads come in. Not thread-safe.
 */
final class Heads {
  /**
   * The last entry of a pid; number 0 where it has none.
   *
   * @param own whether this sequencer committed it; else it is as good as the rows were when they
   *     were read
   */
  record Known(long seq, Hash hash, boolean own) {}

  private final Map<String, Known> heads;

  Heads(int max) {
    this.heads =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > max;
          }
        };
  }

  @Nullable Known of(String pid) {
    return heads.get(pid);
  }

  void committed(LogEntry last) {
    heads.put(last.pid(), new Known(last.seq(), last.hash(), true));
  }

  /** No head goes back: a row that is not there now may be there again. */
  void lookedUp(String pid, Optional<IndexRow> last) {
    Known found =
        last.map(row -> new Known(row.seq(), row.hash(), false))
            .orElse(new Known(0, EntryFormat.NONE, false));
    heads.merge(
        pid, found, (before, now) -> !before.own() && now.seq() > before.seq() ? now : before);
  }
}
