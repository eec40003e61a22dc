package witan.actors.log;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The published checkpoint as this node has seen it: never a smaller one than before. One for all
 * that read the log on a node: what one of them has seen is there for the others. Thread-safe.
 */
public final class PublishedSize {
  private final SharedRead<StoredCheckpoint> reads;
  private StoredCheckpoint greatest = new StoredCheckpoint(0, "");

  public PublishedSize(LogStore store) {
    this.reads = new SharedRead<>(() -> store.lastCheckpoint().thenApply(this::greater));
  }

  /** The greatest that was seen, without asking. */
  synchronized StoredCheckpoint seen() {
    return greatest;
  }

  CompletionStage<StoredCheckpoint> latest() {
    return reads.latest();
  }

  private synchronized StoredCheckpoint greater(Optional<StoredCheckpoint> read) {
    if (read.isPresent() && read.get().size() >= greatest.size()) {
      greatest = read.get();
    }
    return greatest;
  }
}
