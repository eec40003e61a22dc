package witan.actors.service;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps the order of what concerns one thing, while everything is asked for at once: each is handed
 * over after the one before it was, whichever was answered first. The next waits for the hand-over
 * alone, not for what becomes of it. Thread-safe.
 */
final class Turns {
  private final Map<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /**
   * Hands over when the answer is there and the turn has come; a failure takes its turn too. Calls
   * for one key have an order, that of their callers.
   */
  <A, R> CompletionStage<R> handOver(
      String key, CompletionStage<A> asked, Function<A, CompletionStage<R>> hand) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> before = last.put(key, mine);
    CompletableFuture<Void> turn =
        before == null ? CompletableFuture.completedFuture(null) : before;
    CompletionStage<Supplier<CompletionStage<R>>> ready =
        asked.handle(
            (answer, failure) ->
                () ->
                    failure == null
                        ? hand.apply(answer)
                        : CompletableFuture.<R>failedFuture(failure));
    return ready
        .thenCombine(turn, (go, come) -> go)
        .thenCompose(
            go -> {
              try {
                return go.get();
              } finally {
                last.remove(key, mine);
                // On another thread: a long row of those who wait would be as deep a stack.
                mine.completeAsync(() -> null);
              }
            });
  }
}
