package witan.cluster.local;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code witan node kill|pause|resume|stop|start|add}: one node of what {@code up} started. */
public final class NodeCommands {
  private NodeCommands() {}

  /** Puts them under the command that runs a node. */
  public static void addTo(CommandLine node) {
    node.addSubcommand(new Kill());
    node.addSubcommand(new Pause());
    node.addSubcommand(new Resume());
    node.addSubcommand(new Stop());
    node.addSubcommand(new Start());
    node.addSubcommand(new Add());
  }

  /** A request about a node, and the phase that shows that it was done. */
  abstract static class Asking implements Callable<Integer> {
    @Mixin LocalOptions options = new LocalOptions();

    final int ask(String request, NodeState.@Nullable Phase awaited)
        throws IOException, InterruptedException {
      NodeRequests requests = new NodeRequests(options.folder());
      System.out.println(requests.ask(request));
      if (awaited != null) {
        int number = number(requests);
        requests.await(number, awaited);
        System.out.println("node " + number + " is " + awaited);
      }
      return 0;
    }

    abstract int number(NodeRequests requests);
  }

  abstract static class OfOne extends Asking {
    @Parameters(index = "0", paramLabel = "N", description = "number of the node, from 1")
    int node;

    @Override
    int number(NodeRequests requests) {
      return node;
    }
  }

  @Command(
      name = "kill",
      mixinStandardHelpOptions = true,
      description = "SIGKILL; the supervisor starts the node again.")
  static final class Kill extends OfOne {
    @Option(names = "--stay-down", description = "until './witan node start N'")
    boolean stayDown;

    @Override
    public Integer call() throws Exception {
      return ask("kill " + node + (stayDown ? " stay-down" : ""), null);
    }
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "SIGSTOP: the node keeps its sockets and does nothing.")
  static final class Pause extends OfOne {
    @Override
    public Integer call() throws Exception {
      return ask("pause " + node, null);
    }
  }

  @Command(name = "resume", mixinStandardHelpOptions = true, description = "SIGCONT.")
  static final class Resume extends OfOne {
    @Override
    public Integer call() throws Exception {
      return ask("resume " + node, null);
    }
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Clean stop: the node hands over what it holds, leaves, and stays down.")
  static final class Stop extends OfOne {
    @Override
    public Integer call() throws Exception {
      return ask("stop " + node, NodeState.Phase.STOPPED);
    }
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Starts a stopped node; returns when it is ready.")
  static final class Start extends OfOne {
    @Override
    public Integer call() throws Exception {
      return ask("start " + node, NodeState.Phase.READY);
    }
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "One more node, on the next loopback address; returns when it is ready.")
  static final class Add extends Asking {
    @Override
    public Integer call() throws Exception {
      return ask("add", NodeState.Phase.READY);
    }

    @Override
    int number(NodeRequests requests) {
      return requests.state().nodes().size();
    }
  }
}
