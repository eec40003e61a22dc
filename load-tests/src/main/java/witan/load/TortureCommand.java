package witan.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.load.check.Checker;
import witan.load.check.Verdict;
import witan.load.client.LoadClient;
import witan.load.client.Stack;
import witan.load.drive.Council;
import witan.load.drive.Driver;
import witan.load.drive.History;
import witan.load.drive.Poller;
import witan.load.drive.Recorder;
import witan.load.fault.Faults;

/** {@code torture}: load under faults, then the check. */
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    description = {
      "Drives alerts and votes while nodes and database are killed, paused and restarted, then"
          + " verifies from the outside that nothing acknowledged was lost, doubled or reordered.",
      "The stack must be up. Exit code 0: every promise held; 1: one was broken."
    })
final class TortureCommand implements Callable<Integer> {
  private static final int FOUNDERS = 7;
  private static final Duration SHORT_WINDOW = Duration.ofSeconds(30);

  @Mixin Target target = new Target();

  @Option(names = "--seconds", defaultValue = "600", description = "default: ${DEFAULT-VALUE}")
  int seconds;

  @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  long seed;

  @Option(
      names = "--rate",
      defaultValue = "20",
      description = "requests begun per second, at most (default: ${DEFAULT-VALUE})")
  double rate;

  @Option(
      names = "--requests",
      defaultValue = "100000",
      description = "at most so many (default: ${DEFAULT-VALUE})")
  long requests;

  @Option(names = "--threads", defaultValue = "12", description = "default: ${DEFAULT-VALUE}")
  int threads;

  @Option(
      names = "--faults",
      split = ",",
      description =
          "in this order, again and again: ${COMPLETION-CANDIDATES}, or none; default: every kind,"
              + " the seed chooses the order")
  @Nullable List<Faults.Kind> faults;

  @Option(names = "--no-faults", description = "load and check alone")
  boolean noFaults;

  @Option(names = "--history", description = "append what was seen to this file")
  @Nullable Path history;

  @Option(
      names = "--bundles",
      defaultValue = "100000",
      description = "at most so many cases are proven by the verifier (default: ${DEFAULT-VALUE})")
  int bundles;

  @Override
  public Integer call() throws Exception {
    Stack stack = target.stack();
    LoadClient api = target.client(stack);
    Council council = Council.in(api, stack.data(), new Council.Plan(FOUNDERS, SHORT_WINDOW));
    if (history != null && history.getParent() != null) {
      Files.createDirectories(history.getParent());
    }
    System.out.println(
        "Torture: seed "
            + seed
            + ", "
            + seconds
            + " s, "
            + api.bases()
            + ", "
            + council.voters().size()
            + " voters");
    Faults.sayWhatIsMissing();
    List<Verdict> verdicts = new ArrayList<>();
    try (History seen = new History(history)) {
      Recorder recorder = new Recorder(api, seen);
      try (Poller poller = new Poller(api, seen);
          Faults injected = new Faults(stack, api, seen, schedule(), seed)) {
        poller.start();
        injected.start();
        new Driver(
                api,
                council,
                recorder,
                new Driver.Settings(
                    seed,
                    Duration.ofSeconds(seconds),
                    requests,
                    rate,
                    threads,
                    injected::onceThrough))
            .run();
        verdicts.add(exercised(recorder, injected));
      }
      System.out.println("Checking ...");
      verdicts.addAll(
          new Checker(api, CheckCommand.settings(target, stack, bundles, seed)).run(seen.all()));
    }
    return Checker.print(verdicts) ? 0 : 1;
  }

  /** A run in which nothing happened proves nothing. */
  private Verdict exercised(Recorder recorder, Faults injected) {
    Verdict.Builder verdict = new Verdict.Builder("exercised");
    verdict.require(recorder.votes.sum() > 0, "no vote was acknowledged");
    verdict.require(recorder.alerts.sum() > 0, "no alert was acknowledged");
    verdict.require(injected.onceThrough(), "not every fault of the schedule was injected");
    return verdict.done(
        recorder.votes.sum()
            + " votes and "
            + recorder.alerts.sum()
            + " alerts acknowledged, faults "
            + schedule());
  }

  private List<Faults.Kind> schedule() {
    if (noFaults) {
      return List.of();
    }
    return faults == null ? Faults.schedule(seed, target.nodes) : faults;
  }
}
