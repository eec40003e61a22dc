package witan.cluster.it;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for what other processes do. Only the limit fails; how long it took is nobody's concern.
 */
final class Await {
  static final Duration LIMIT = Duration.ofSeconds(90);
  private static final long LOOK_NANOS = 40_000_000;

  private Await() {}

  static <T> T present(String what, Callable<Optional<T>> look) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      Optional<T> found = look.call();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(what + " did not come within " + LIMIT.toSeconds() + " s");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  static void until(String what, Callable<Boolean> look) throws Exception {
    present(what, () -> look.call() ? Optional.of(true) : Optional.empty());
  }
}
