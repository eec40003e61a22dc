package witan.cluster.local;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import witan.cluster.settings.DataFolder;
import witan.cluster.settings.LocalOptions;
import witan.cluster.settings.NodeState;
import witan.cluster.settings.RunState;

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
    RunState.ofLiving(stack.folder())
        .ifPresent(state -> reasons(stack.folder(), state).forEach(UpCommand::say));
    System.out.println("Next:  ./witan status, ./witan council show, ./witan --help, ./witan down");
    return 0;
  }

  private static List<String> reasons(DataFolder folder, RunState state) {
    try {
      return Headline.of(ClusterStatus.read(folder, state)).reasons();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static void say(String reason) {
    System.out.println("  ! " + reason);
  }
}
