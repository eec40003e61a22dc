package witan.actors.log;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What is known of a log's checkpoints outside its database. Thread-safe, never blocks. */
public interface LogMemory {
  /**
   * Puts a committed checkpoint into this node's own file; repeating is harmless. Completes when it
   * is on the disk. Fails with {@link MemoryException} where the file knows better, with anything
   * else where it could not be written.
   */
  CompletionStage<Void> remember(StoredCheckpoint checkpoint);

  /** Asks everybody who may remember, within a bounded time. */
  CompletionStage<Asked> ask();

  /**
   * What they said.
   *
   * @param known one for each source that knows anything
   * @param silent sources that did not answer, for a person
   */
  record Asked(List<Remembered> known, List<String> silent) {
    public Asked {
      known = List.copyOf(known);
      silent = List.copyOf(silent);
    }
  }
}
