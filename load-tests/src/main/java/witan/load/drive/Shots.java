package witan.load.drive;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import witan.load.client.Stack;

/** Fires requests at full speed, a fixed number at a time, and measures the block. */
final class Shots {
  /** One request; its milliseconds when it was accepted. */
  interface Shot {
    Optional<Long> fire() throws InterruptedException;
  }

  private final Stack stack;
  private final int threads;

  Shots(Stack stack, int threads) {
    this.stack = stack;
    this.threads = threads;
  }

  /**
   * Fires them all.
   *
   * @param each what one of them carries: so many things have its latency
   */
  Latencies measure(String what, List<? extends Shot> shots, int each) throws InterruptedException {
    Histogram millis = new ConcurrentHistogram(Latencies.DIGITS);
    AtomicInteger next = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(threads);
    double nodeCpu = cpu(stack.nodes().values().stream());
    double databaseCpu = cpu(stack.database().stream());
    long begin = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  int shot;
                  while ((shot = next.getAndIncrement()) < shots.size()) {
                    shots
                        .get(shot)
                        .fire()
                        .ifPresentOrElse(
                            ms -> millis.recordValueWithCount(ms, each),
                            () -> failed.addAndGet(each));
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } finally {
                  done.countDown();
                }
              },
              "bench " + i);
      thread.setDaemon(true);
      thread.start();
    }
    done.await();
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Latencies(
        what,
        seconds,
        millis,
        failed.get(),
        cpu(stack.nodes().values().stream()) - nodeCpu,
        cpu(stack.database().stream()) - databaseCpu);
  }

  private static double cpu(Stream<ProcessHandle> processes) {
    return processes
        .mapToDouble(p -> p.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0)
        .sum();
  }
}
