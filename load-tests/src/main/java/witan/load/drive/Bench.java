package witan.load.drive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import witan.load.client.LoadClient;
import witan.load.client.Stack;

/** Blocks of requests at full speed, a fixed number at a time. Ballots are signed beforehand. */
public final class Bench {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);

  private final LoadClient api;
  private final Stack stack;
  private final Council council;
  private final Recorder recorder;
  private final int threads;
  private final String run = Long.toString(System.currentTimeMillis(), 36);
  private final AtomicInteger alerts = new AtomicInteger();

  public Bench(LoadClient api, Stack stack, Council council, Recorder recorder, int threads) {
    this.api = api;
    this.stack = stack;
    this.council = council;
    this.recorder = recorder;
    this.threads = threads;
  }

  /** One request; its milliseconds when it was accepted. */
  private interface Shot {
    Optional<Long> fire() throws InterruptedException;
  }

  /** Posts unique alerts; the cases they opened are added to the list. */
  public Latencies alerts(int count, List<String> cases) throws InterruptedException {
    List<String> opened = Collections.synchronizedList(cases);
    List<Shot> shots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "bench-" + run + "-" + alerts.getAndIncrement();
      byte[] alert = Alerts.falco(id, "Critical");
      shots.add(
          () -> {
            long begin = System.nanoTime();
            Optional<String> caseId = recorder.alert(id, alert);
            caseId.ifPresent(opened::add);
            return caseId.map(c -> (System.nanoTime() - begin) / 1_000_000);
          });
    }
    return measure("alerts", shots);
  }

  /**
   * Votes on these cases, each member once on each, in rounds over the cases. The members take
   * turns in being for and against, so that nothing is settled before nearly all have voted.
   *
   * @param votes on each case, less than the council has members
   */
  public Latencies votes(String what, List<String> cases, int votes)
      throws IOException, InterruptedException {
    List<Ballots> ballots = new ArrayList<>();
    for (String caseId : cases) {
      ballots.add(Ballots.of(api, caseId, council.voters().get(0), OPEN_LIMIT));
    }
    List<Shot> shots = new ArrayList<>();
    for (int i = 0; i < votes; i++) {
      for (Ballots of : ballots) {
        Ballots.Signed ballot = of.sign(council.voters().get(i), i % 2 == 0 ? "FOR" : "AGAINST");
        shots.add(() -> recorder.vote(ballot));
      }
    }
    return measure(what, shots);
  }

  /** Inserts that many rows, spread over partitions like the votes over cases. */
  public Latencies raw(RawInserts rows, int count) throws InterruptedException {
    List<Shot> shots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shots.add(rows::insert);
    }
    return measure("raw", shots);
  }

  private Latencies measure(String what, List<Shot> shots) throws InterruptedException {
    List<Long> millis = Collections.synchronizedList(new ArrayList<>());
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
                    shots.get(shot).fire().ifPresentOrElse(millis::add, failed::incrementAndGet);
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
        millis.stream().sorted().toList(),
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
