package witan.cluster.node;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code witan node}: one node in the foreground, told everything by configuration. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description =
        "Runs one node in the foreground. Settings come from the *.conf files, the environment and"
            + " the file that WITAN_CONFIG names.")
public final class NodeCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    ClusterNode node = ClusterNode.start(NodeSettings.load(), Fittings.NONE);
    node.awaitEnd();
    return 0;
  }
}
