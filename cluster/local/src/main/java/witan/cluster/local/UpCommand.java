package witan.cluster.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import witan.cluster.settings.LocalOptions;
import witan.cluster.settings.NodeState;

/** {@code witan up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts database, development chain and nodes; returns when all are ready.")
public final class UpCommand implements Callable<Integer> {
  @Mixin LocalOptions options = new LocalOptions();

  @Mixin ClusterOptions cluster = new ClusterOptions();

  @Override
  public Integer call() throws Exception {
    StackOptions asked = cluster.of(options);
    LocalStack stack = new LocalStack(asked);
    stack.start(line -> System.out.println("  " + line));
    for (int node = 1; node <= asked.nodes(); node++) {
      System.out.println("Ready: http://" + NodeState.host(node) + ":" + options.httpPort());
    }
    System.out.println("Data:  " + stack.folder().root() + "   Logs: " + stack.folder().logs());
    System.out.println("Next:  ./witan status, ./witan token --help, ./witan down");
    return 0;
  }
}
