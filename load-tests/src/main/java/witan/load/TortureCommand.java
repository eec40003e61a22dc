package witan.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.load.check.Checker;
import witan.load.check.NodeLogs;
import witan.load.check.ReadyCheck;
import witan.load.check.Verdict;
import witan.load.check.Watch;
import witan.load.client.LoadClient;
import witan.load.client.Stack;
import witan.load.drive.Council;
import witan.load.drive.Driver;
import witan.load.drive.History;
import witan.load.drive.Poller;
import witan.load.drive.Recorder;
import witan.load.fault.Faults;
import witan.load.fault.Kind;

/** {@code torture}: load under faults, then the check. */
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    description = {
      "Drives alerts and votes while nodes and database are killed, paused, restarted and cut off"
          + " from each other, then verifies from the outside that nothing acknowledged was lost,"
          + " doubled or reordered.",
      "The stack must be up. Exit code 0: every promise held; 1: one was broken."
    })
final class TortureCommand implements Callable<Integer> {
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
  @Nullable List<Kind> faults;

  @Option(
      names = "--fault-seconds",
      defaultValue = "20",
      description =
          "how long a node is paused or cut off; the others need about 12 to give it up (default:"
              + " ${DEFAULT-VALUE})")
  int faultSeconds;

  @Option(
      names = "--watch",
      description = "check while it runs, too, and end when a promise is broken")
  boolean watch;

  @Option(names = "--once", description = "each fault once, not again and again")
  boolean once;

  @Option(names = "--no-faults", description = "load and check alone")
  boolean noFaults;

  @Option(
      names = "--members",
      defaultValue = "7",
      description = "of the council, where none is founded yet (default: ${DEFAULT-VALUE})")
  int members;

  @Option(names = "--history", description = "append what was seen to this file")
  @Nullable Path history;

  @Option(
      names = "--bundles",
      defaultValue = "100000",
      description = "at most so many cases are proven by the verifier (default: ${DEFAULT-VALUE})")
  int bundles;

  private Watch.@Nullable Broken broken;

  /** What the watch saw, if it watched and a promise was broken. */
  Optional<Watch.Broken> broken() {
    return Optional.ofNullable(broken);
  }

  @Override
  public Integer call() throws Exception {
    List<Kind> schedule = schedule();
    Stack stack = target.stack();
    LoadClient api = target.client(stack);
    Council council = Council.in(api, stack.data(), new Council.Plan(members, SHORT_WINDOW));
    if (history != null && history.getParent() != null) {
      Files.createDirectories(history.getParent());
    }
    System.out.printf(
        "Torture: seed %d, %d s, %s, %d voters%n",
        seed, seconds, api.bases(), council.voters().size());
    sayWhatIsMissing(stack);
    System.out.println("  faults" + (once ? ": " : ", again and again: ") + schedule);
    List<Verdict> verdicts = new ArrayList<>();
    try (History seen = new History(history)) {
      verdicts.add(drive(stack, api, council, seen, schedule));
      Watch.Broken first = broken;
      if (first == null) {
        System.out.println("Checking ...");
        verdicts.add(ReadyCheck.check(api));
        verdicts.addAll(
            new Checker(api, CheckCommand.settings(target, stack, bundles, seed)).run(seen.all()));
        verdicts.add(NodeLogs.check(stack.nodeLogs()));
      } else {
        System.out.printf("Broken after %d s.%n", first.after().toSeconds());
        verdicts.add(first.verdict());
      }
    }
    return Checker.print(verdicts);
  }

  private Verdict drive(
      Stack stack, LoadClient api, Council council, History seen, List<Kind> schedule)
      throws InterruptedException {
    Recorder recorder = new Recorder(api, seen);
    try (Poller poller = new Poller(api, seen);
        Faults injected =
            new Faults(
                stack,
                api,
                seen,
                schedule,
                once,
                seed,
                Duration.ofSeconds(faultSeconds),
                target.remotePort)) {
      Driver driver =
          new Driver(
              council,
              recorder,
              new Driver.Settings(
                  seed,
                  Duration.ofSeconds(seconds),
                  requests,
                  rate,
                  threads,
                  injected::onceThrough));
      try (Watch watched = new Watch(api, seen::all, stack::nodeLogs, driver::stop)) {
        poller.start();
        injected.start();
        if (watch) {
          watched.start();
        }
        driver.run();
        broken = watched.broken().orElse(null);
      }
      return exercised(recorder, injected, schedule);
    }
  }

  /** A run in which nothing happened proves nothing. */
  private Verdict exercised(Recorder recorder, Faults injected, List<Kind> schedule) {
    Verdict.Builder verdict = new Verdict.Builder("exercised");
    verdict.require(recorder.votes.sum() > 0, "no vote was acknowledged");
    verdict.require(recorder.alerts.sum() > 0, "no alert was acknowledged");
    verdict.require(injected.onceThrough(), "not every fault of the schedule was injected");
    verdict.require(
        injected.missed().isEmpty(), "there was nobody to do it to: " + injected.missed());
    return verdict.done(
        recorder.votes.sum()
            + " votes and "
            + recorder.alerts.sum()
            + " alerts acknowledged, faults "
            + schedule);
  }

  private List<Kind> schedule() {
    if (noFaults) {
      return List.of();
    }
    List<Kind> chosen = faults;
    if (chosen == null) {
      return Kind.schedule(seed, target.nodes);
    }
    Kind.require(chosen, target.nodes);
    return chosen;
  }

  private static void sayWhatIsMissing(Stack stack) {
    Kind.noPartitions()
        .ifPresent(why -> System.out.println("  NOT EXERCISED: network partitions: " + why));
    var skews = stack.skews();
    System.out.println(
        skews.isEmpty()
            ? "  NOT EXERCISED: clock skew; it is set by: witan up --clock-skew 2=+2s,3=-2s"
            : "  clocks are wrong by " + skews);
  }
}
