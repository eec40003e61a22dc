package witan.actors.log;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A read that many ask for. However many ask at once, there is one under way, and at most one more
 * that waits for it: every answer is of a read that began after the question. Thread-safe.
 */
public final class SharedRead<T> {
  private final Supplier<? extends CompletionStage<T>> read;
  private boolean reading;
  private @Nullable CompletableFuture<T> next;

  public SharedRead(Supplier<? extends CompletionStage<T>> read) {
    this.read = read;
  }

  public synchronized CompletionStage<T> latest() {
    if (next == null) {
      next = new CompletableFuture<>();
    }
    CompletableFuture<T> answer = next;
    if (!reading) {
      read();
    }
    return answer;
  }

  /** Called with the lock, when somebody asks and nothing is being read. */
  private void read() {
    CompletableFuture<T> asked = next == null ? new CompletableFuture<>() : next;
    next = null;
    reading = true;
    CompletionStage<T> found;
    try {
      found = read.get();
    } catch (RuntimeException e) {
      found = CompletableFuture.failedStage(e);
    }
    var unused =
        found.whenComplete(
            (value, failure) -> {
              done();
              if (failure == null) {
                asked.complete(value);
              } else {
                asked.completeExceptionally(failure);
              }
            });
  }

  private synchronized void done() {
    reading = false;
    if (next != null) {
      read();
    }
  }
}
