package witan.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.load.client.LoadClient;
import witan.load.client.Stack;
import witan.load.drive.Alerts;
import witan.load.drive.Ballots;
import witan.load.drive.Council;
import witan.load.drive.History;
import witan.load.drive.Latencies;
import witan.load.drive.Recorder;

/** {@code rolling}: figures, never a pass or a fail. */
@Command(
    name = "rolling",
    mixinStandardHelpOptions = true,
    description =
        "Restarts the nodes one after the other (./witan restart --rolling) while cases are opened"
            + " and voted on through all of them, and tells how many requests failed after retries"
            + " with the same key, how many were sent again, and how long they took.")
final class RollingCommand implements Callable<Integer> {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);
  private static final int MEMBERS = 40;

  @Mixin Target target = new Target();

  @Option(
      names = "--threads",
      defaultValue = "4",
      description = "requests at a time (default: ${DEFAULT-VALUE})")
  int threads;

  @Option(
      names = "--idle",
      defaultValue = "0",
      description = "restarts nothing, and measures for so many seconds")
  int idleSeconds;

  @Override
  public Integer call() throws Exception {
    Stack stack = target.stack();
    LoadClient api = target.client(stack);
    Council council =
        Council.in(api, stack.data(), new Council.Plan(MEMBERS, Duration.ofHours(12)));
    AtomicBoolean over = new AtomicBoolean();
    Histogram millis = new ConcurrentHistogram(Latencies.DIGITS);
    AtomicInteger broken = new AtomicInteger();
    AtomicLong longestPause = new AtomicLong();
    AtomicLong lastAnswer = new AtomicLong(System.nanoTime());
    CountDownLatch ended = new CountDownLatch(threads);
    try (History history = new History(null)) {
      Recorder recorder = new Recorder(api, history);
      for (int i = 0; i < threads; i++) {
        int number = i;
        Thread thread =
            new Thread(
                () -> {
                  try {
                    for (int round = 0; !over.get(); round++) {
                      playCase(
                          api,
                          council,
                          recorder,
                          "rolling-" + Long.toString(System.nanoTime(), 36) + "-" + number + round,
                          took -> {
                            millis.recordValue(took);
                            long now = System.nanoTime();
                            long pause = now - lastAnswer.getAndSet(now);
                            longestPause.accumulateAndGet(pause, Math::max);
                          });
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } catch (java.io.IOException | RuntimeException e) {
                    broken.incrementAndGet();
                    System.out.println("  a worker ended: " + e);
                  } finally {
                    ended.countDown();
                  }
                },
                "rolling " + i);
        thread.setDaemon(true);
        thread.start();
      }
      long begin = System.nanoTime();
      if (idleSeconds > 0) {
        Thread.sleep(idleSeconds * 1_000L);
      } else {
        System.out.print(stack.run("restart", "--rolling"));
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      over.set(true);
      ended.await();
      report(recorder, millis, seconds, broken.get());
      System.out.printf(
          Locale.ROOT, "longest pause between answers %.1f s%n", longestPause.get() / 1e9);
    }
    return 0;
  }

  private interface Took {
    void millis(long millis);
  }

  /** An alert, and some votes on its case. */
  private static void playCase(
      LoadClient api, Council council, Recorder recorder, String id, Took took)
      throws java.io.IOException, InterruptedException {
    long begin = System.nanoTime();
    Optional<String> caseId = recorder.alert(id, Alerts.falco(id, "Notice"));
    if (caseId.isEmpty()) {
      return;
    }
    took.millis((System.nanoTime() - begin) / 1_000_000);
    Ballots ballots = Ballots.of(api, caseId.get(), council.voters().get(0), OPEN_LIMIT);
    for (int voter = 0; voter < 4; voter++) {
      recorder.vote(ballots.sign(council.voters().get(voter), "AGAINST")).ifPresent(took::millis);
    }
  }

  private static void report(Recorder recorder, Histogram millis, double seconds, int broken) {
    System.out.printf(
        Locale.ROOT,
        "%.0f s: %d alerts and %d votes acknowledged, %d sent more than once, %d refused, %d given"
            + " up, %d workers ended early%n",
        seconds,
        recorder.alerts.sum(),
        recorder.votes.sum(),
        recorder.retried.sum(),
        recorder.refused.sum(),
        recorder.gaveUp.sum(),
        broken);
    if (millis.getTotalCount() > 0) {
      System.out.printf(
          "p50 %d ms, p99 %d ms, longest %d ms, retries included%n",
          millis.getValueAtPercentile(50), millis.getValueAtPercentile(99), millis.getMaxValue());
    }
  }
}
