package witan.actors.spi;

import java.util.concurrent.CompletionStage;

/** How far a follower of the log has come, kept over restarts. Thread-safe. */
public interface Cursor {
  /** Index of the first entry that is not done; 0 in the beginning. */
  CompletionStage<Long> load();

  /** Never goes back: of two writers the one that is further wins. */
  CompletionStage<Void> advance(long next);
}
