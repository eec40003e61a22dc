package witan.cluster.local;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.cluster.StartException;
import witan.cluster.settings.DataOptions;
import witan.cluster.settings.NodeState;
import witan.cluster.settings.RunState;

/** {@code witan restart --rolling}. */
@Command(
    name = "restart",
    mixinStandardHelpOptions = true,
    description =
        "Restarts the nodes one after the other: each hands over what it holds and leaves, and the"
            + " next one follows when it is ready again.")
public final class RestartCommand implements Callable<Integer> {
  @Mixin DataOptions options = new DataOptions();

  @Option(names = "--rolling", description = "one after the other, while the others work")
  boolean rolling;

  @Override
  public Integer call() throws Exception {
    if (!rolling) {
      throw new StartException(
          "restart needs --rolling; for a full stop use './witan down' and './witan up'");
    }
    NodeRequests requests = new NodeRequests(options.folder());
    RunState state = requests.state();
    for (NodeState node : state.nodes()) {
      if (node.phase() != NodeState.Phase.READY) {
        throw new StartException(
            "node " + node.number() + " is " + node.phase() + "; all must be READY");
      }
    }
    Preflight.ofRunning(options.folder());
    long begin = System.nanoTime();
    int count = state.nodes().size();
    for (int number = 1; number <= count; number++) {
      long at = System.nanoTime();
      requests.ask("stop " + number);
      requests.await(number, NodeState.Phase.STOPPED);
      System.out.printf("node %d of %d: handed over and left after %s%n", number, count, since(at));
      requests.ask("start " + number);
      requests.await(number, NodeState.Phase.READY);
      System.out.printf("node %d of %d: ready again after %s%n", number, count, since(at));
    }
    System.out.println("All restarted after " + since(begin));
    Headline.of(ClusterStatus.read(options.folder(), requests.state()))
        .reasons()
        .forEach(reason -> System.out.println("  ! " + reason));
    return 0;
  }

  private static String since(long nanos) {
    long millis = Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    return String.format(java.util.Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
