package witan.load.drive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import witan.load.client.LoadClient;
import witan.load.client.Stack;

/** Blocks of requests at full speed, a fixed number at a time. Ballots are signed beforehand. */
public final class Bench {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);

  private final LoadClient api;
  private final Council council;
  private final Recorder recorder;
  private final Shots blocks;
  private final String run = Long.toString(System.currentTimeMillis(), 36);
  private final AtomicInteger alerts = new AtomicInteger();

  public Bench(LoadClient api, Stack stack, Council council, Recorder recorder, int threads) {
    this.api = api;
    this.council = council;
    this.recorder = recorder;
    this.blocks = new Shots(stack, threads);
  }

  /** Posts unique alerts; the cases they opened are added to the list. */
  public Latencies alerts(int count, List<String> cases) throws InterruptedException {
    List<String> opened = Collections.synchronizedList(cases);
    List<Shots.Shot> shots = new ArrayList<>();
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
    return blocks.measure("alerts", shots, 1);
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
    List<Shots.Shot> shots = new ArrayList<>();
    for (int i = 0; i < votes; i++) {
      for (Ballots of : ballots) {
        Ballots.Signed ballot = of.sign(council.voters().get(i), i % 2 == 0 ? "FOR" : "AGAINST");
        shots.add(() -> recorder.vote(ballot));
      }
    }
    return blocks.measure(what, shots, 1);
  }

  /** Inserts that many rows, spread over partitions like the votes over cases. */
  public Latencies raw(RawInserts rows, int count) throws InterruptedException {
    List<Shots.Shot> shots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shots.add(rows::insert);
    }
    return blocks.measure("raw", shots, 1);
  }
}
