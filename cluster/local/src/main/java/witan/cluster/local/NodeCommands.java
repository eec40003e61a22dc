package witan.cluster.local;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import witan.cluster.StartException;
import witan.cluster.settings.DataOptions;
import witan.cluster.settings.NodeState;

/** {@code witan node kill|pause|resume|stop|start|add}: one node of what {@code up} started. */
public final class NodeCommands {
  /** Of the command that they are under, here and where nodes run. */
  public static final String DESCRIPTION =
      "Does something to one node of the stack on this machine; 'witan node run' runs one in the"
          + " foreground, with the settings of the *.conf files, the environment and the file that"
          + " WITAN_CONFIG names.";

  private NodeCommands() {}

  /** Nodes do not run on a terminal's class path. */
  @Command(name = "node", mixinStandardHelpOptions = true, description = DESCRIPTION)
  private static final class NoAction implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new StartException("node wants an action, see ./witan node --help");
    }
  }

  static CommandLine line() {
    return under(new CommandLine(new NoAction()));
  }

  /** Puts them under the command that runs a node. */
  public static CommandLine under(CommandLine node) {
    put(node, "kill", new Kill(), "SIGKILL; the supervisor starts the node again.");
    put(
        node,
        "pause",
        new OfOne("pause", null),
        "SIGSTOP: the node keeps its sockets and does nothing.");
    put(node, "resume", new OfOne("resume", null), "SIGCONT.");
    put(
        node,
        "stop",
        new OfOne("stop", NodeState.Phase.STOPPED),
        "Clean stop: the node hands over what it holds, leaves, and stays down.");
    put(
        node,
        "start",
        new OfOne("start", NodeState.Phase.READY),
        "Starts a stopped node; returns when it is ready.");
    put(
        node,
        "add",
        new Add(),
        "One more node, on the next loopback address; returns when it is ready.");
    return node;
  }

  private static void put(CommandLine node, String name, Asking command, String description) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec().usageMessage().description(description);
    node.addSubcommand(name, line);
  }

  /** A request, and the phase that shows that it was done; null: the answer shows it. */
  @Command(mixinStandardHelpOptions = true)
  abstract static class Asking implements Callable<Integer> {
    @Mixin DataOptions options = new DataOptions();

    private final NodeState.@Nullable Phase awaited;

    Asking(NodeState.@Nullable Phase awaited) {
      this.awaited = awaited;
    }

    abstract String request();

    /**
     * Of the node that the request is about.
     *
     * @param answer of the supervisor
     */
    abstract int number(String answer);

    @Override
    public final Integer call() throws IOException, InterruptedException {
      NodeRequests requests = new NodeRequests(options.folder());
      if (awaited == NodeState.Phase.READY) {
        Preflight.ofRunning(options.folder());
      }
      String answer = requests.ask(request());
      System.out.println(answer);
      if (awaited != null) {
        int number = number(answer);
        requests.await(number, awaited);
        System.out.println("node " + number + " is " + awaited);
      }
      return 0;
    }
  }

  static class OfOne extends Asking {
    @Parameters(index = "0", paramLabel = "N", description = "number of the node, from 1")
    int node;

    private final String verb;

    OfOne(String verb, NodeState.@Nullable Phase awaited) {
      super(awaited);
      this.verb = verb;
    }

    @Override
    String request() {
      return verb + " " + node;
    }

    @Override
    final int number(String answer) {
      return node;
    }
  }

  static final class Kill extends OfOne {
    @Option(names = "--stay-down", description = "until './witan node start N'")
    boolean stayDown;

    Kill() {
      super("kill", null);
    }

    @Override
    String request() {
      return super.request() + (stayDown ? " stay-down" : "");
    }
  }

  static final class Add extends Asking {
    Add() {
      super(NodeState.Phase.READY);
    }

    @Override
    String request() {
      return "add";
    }

    /** Asked of its state, it may not have written that there is one more. */
    @Override
    int number(String answer) {
      return Integer.parseInt(answer.replaceFirst("^node (\\d+) starts$", "$1"));
    }
  }
}
