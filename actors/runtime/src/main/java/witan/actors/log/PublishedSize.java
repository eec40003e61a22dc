package witan.actors.log;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The published checkpoint as this node has seen it: never a smaller one than before. However many
 * ask at once, there is one read under way, and at most one more that waits for it: every answer is
 * of a read that began after the question. One for all that read the log on a node: what one of
 * them has seen is there for the others. Thread-safe.
 */
public final class PublishedSize {
  private final LogStore store;
  private StoredCheckpoint greatest = new StoredCheckpoint(0, "");
  private boolean reading;
  private @Nullable CompletableFuture<StoredCheckpoint> next;

  public PublishedSize(LogStore store) {
    this.store = store;
  }

  /** The greatest that was seen, without asking. */
  synchronized StoredCheckpoint seen() {
    return greatest;
  }

  synchronized CompletionStage<StoredCheckpoint> latest() {
    if (next == null) {
      next = new CompletableFuture<>();
    }
    CompletableFuture<StoredCheckpoint> answer = next;
    if (!reading) {
      read();
    }
    return answer;
  }

  /** Called with the lock, when somebody asks and nothing is being read. */
  private void read() {
    CompletableFuture<StoredCheckpoint> asked = next == null ? new CompletableFuture<>() : next;
    next = null;
    reading = true;
    CompletionStage<Optional<StoredCheckpoint>> found;
    try {
      found = store.lastCheckpoint();
    } catch (RuntimeException e) {
      found = CompletableFuture.failedStage(e);
    }
    var unused =
        found.whenComplete(
            (checkpoint, failure) -> {
              StoredCheckpoint now = done(failure == null ? checkpoint : Optional.empty());
              if (failure == null) {
                asked.complete(now);
              } else {
                asked.completeExceptionally(failure);
              }
            });
  }

  private synchronized StoredCheckpoint done(Optional<StoredCheckpoint> read) {
    if (read.isPresent() && read.get().size() >= greatest.size()) {
      greatest = read.get();
    }
    reading = false;
    StoredCheckpoint now = greatest;
    if (next != null) {
      read();
    }
    return now;
  }
}
