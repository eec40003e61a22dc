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

  /** Waits until each vote is open, and prepares its ballots. */
  public List<Ballots> ballots(List<String> cases) throws IOException, InterruptedException {
    List<Ballots> ballots = new ArrayList<>();
    for (String caseId : cases) {
      ballots.add(Ballots.of(api, caseId, council.voters().get(0), OPEN_LIMIT));
    }
    return ballots;
  }

  /** One proposal after the other, each voted on by the first members. */
  public Latencies hot(List<Ballots> proposals, int votes) throws InterruptedException {
    List<Shots.Shot> shots = new ArrayList<>();
    for (Ballots proposal : proposals) {
      for (int i = 0; i < votes; i++) {
        shots.add(vote(proposal, i));
      }
    }
    return blocks.measure("hot", shots, 1);
  }

  /** One vote on each proposal, by the member of that number. */
  public Latencies spread(List<Ballots> proposals, int member) throws InterruptedException {
    List<Shots.Shot> shots = new ArrayList<>();
    for (Ballots proposal : proposals) {
      shots.add(vote(proposal, member));
    }
    return blocks.measure("spread", shots, 1);
  }

  /** Signed here, before anything is measured. Members take turns, so that nothing is settled. */
  private Shots.Shot vote(Ballots proposal, int member) {
    Ballots.Signed ballot =
        proposal.sign(council.voters().get(member), member % 2 == 0 ? "FOR" : "AGAINST");
    return () -> recorder.vote(ballot);
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
