package witan.cluster.local;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Database or chain: started in the background, so that the nodes are watched meanwhile, and
 * started again when it dies. For the supervisor's thread alone.
 */
final class Backing<P extends AutoCloseable> {
  private static final int MOST_FAILED_STARTS = 10;

  private final String name;
  private final Supplier<P> starter;
  private final Predicate<P> alive;
  private final ToLongFunction<P> pid;
  private CompletableFuture<P> running;
  private int failedStarts;

  Backing(String name, Supplier<P> starter, Predicate<P> alive, ToLongFunction<P> pid) {
    this.name = name;
    this.starter = starter;
    this.alive = alive;
    this.pid = pid;
    this.running = CompletableFuture.supplyAsync(starter);
  }

  /** Waits for the first start; throws what it threw. */
  void await() {
    try {
      running.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  boolean up() {
    return running.isDone() && !running.isCompletedExceptionally() && alive.test(running.join());
  }

  long pid() {
    return up() ? pid.applyAsLong(running.join()) : -1;
  }

  /**
   * Starts it again if it died.
   *
   * @throws IllegalStateException when it failed to start too often
   */
  void look() {
    if (!running.isDone() || up()) {
      return;
    }
    failedStarts = running.isCompletedExceptionally() ? failedStarts + 1 : 0;
    if (failedStarts >= MOST_FAILED_STARTS) {
      throw new IllegalStateException(name + " does not start any more");
    }
    System.out.println(java.time.Instant.now() + " " + name + " died; starting it again");
    running = CompletableFuture.supplyAsync(starter);
  }

  /** Of what runs, or is still starting. */
  void close() throws Exception {
    P part;
    try {
      part = running.join();
    } catch (CompletionException e) {
      return;
    }
    part.close();
  }
}
