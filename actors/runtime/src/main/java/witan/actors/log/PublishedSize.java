package witan.actors.log;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/** The published checkpoint as this node has seen it: never a smaller one than before. */
final class PublishedSize {
  private final LogStore store;
  private final AtomicReference<StoredCheckpoint> greatest =
      new AtomicReference<>(new StoredCheckpoint(0, ""));

  PublishedSize(LogStore store) {
    this.store = store;
  }

  CompletionStage<StoredCheckpoint> latest() {
    return store.lastCheckpoint().thenApply(this::raise);
  }

  private StoredCheckpoint raise(Optional<StoredCheckpoint> read) {
    return greatest.accumulateAndGet(
        read.orElseGet(greatest::get), (a, b) -> b.size() >= a.size() ? b : a);
  }
}
