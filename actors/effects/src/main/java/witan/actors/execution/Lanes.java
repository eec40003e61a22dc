package witan.actors.execution;

import com.typesafe.config.Config;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import witan.domain.execution.Order;
import witan.domain.playbook.PlaybookStep;
import witan.domain.waiting.Who;

/**
 * Blocking calls by target, so that a target that accepts and never answers holds up its own calls
 * and nobody else's: each has a few threads of the dispatcher at a time, what is more waits its
 * turn. A lane holds at most one call of each execution. Thread-safe; one per node.
 */
public final class Lanes {
  private final int width;
  private final Map<String, Lane> lanes = new HashMap<>();

  /**
   * Lanes of that many threads.
   *
   * @param width positive, and well below the threads of the dispatcher
   */
  public Lanes(int width) {
    if (width <= 0) {
      throw new IllegalArgumentException("width must be positive");
    }
    this.width = width;
  }

  /** {@code threads-per-target} of {@code witan.execution}. */
  public static Lanes from(Config root) {
    return new Lanes(root.getInt("witan.execution.threads-per-target"));
  }

  private static final class Lane {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
  }

  /** Runs what it is given on these threads, in the order's lane. */
  Executor of(Order order, Executor threads) {
    return of(target(order), threads);
  }

  Executor of(String target, Executor threads) {
    return task -> add(target, task, threads);
  }

  private static String target(Order order) {
    return order.action().equals(PlaybookStep.HTTP)
        ? Who.connection(String.valueOf(order.parameter("connection")))
        : Who.cluster(order.target().cluster());
  }

  /** The target of a call that would have to wait for its turn now; empty where it would not. */
  synchronized Optional<String> full(Order order) {
    Lane lane = lanes.get(target(order));
    return lane != null && lane.running >= width ? Optional.of(target(order)) : Optional.empty();
  }

  private synchronized void add(String target, Runnable task, Executor threads) {
    Lane lane = lanes.computeIfAbsent(target, t -> new Lane());
    lane.waiting.add(task);
    run(target, lane, threads);
  }

  private synchronized void run(String target, Lane lane, Executor threads) {
    while (lane.running < width && !lane.waiting.isEmpty()) {
      Runnable task = lane.waiting.remove();
      lane.running++;
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              ended(target, lane, threads);
            }
          });
    }
  }

  private synchronized void ended(String target, Lane lane, Executor threads) {
    lane.running--;
    run(target, lane, threads);
    if (lane.running == 0) {
      lanes.remove(target, lane);
    }
  }

  /** Targets that are called at the moment. */
  synchronized int targets() {
    return lanes.size();
  }
}
