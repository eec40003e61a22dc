package witan.cluster.node;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import witan.cluster.local.NodeCommands;

/** {@code witan node}: one node in the foreground, told everything by configuration. */
@Command(name = "node", mixinStandardHelpOptions = true, description = NodeCommands.DESCRIPTION)
public final class NodeCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    ClusterNode node = ClusterNode.start(NodeSettings.load(), Fittings.NONE);
    node.awaitEnd();
    return 0;
  }
}
