package witan.cluster;

import com.typesafe.config.ConfigException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import witan.actors.memory.DamagedMemoryException;
import witan.cluster.demo.DemoCommand;
import witan.cluster.ingest.IngestCommand;
import witan.cluster.local.DownCommand;
import witan.cluster.local.NodeCommands;
import witan.cluster.local.RestartCommand;
import witan.cluster.local.StatusCommand;
import witan.cluster.local.SuperviseCommand;
import witan.cluster.local.TokenCommand;
import witan.cluster.local.UpCommand;
import witan.cluster.node.LogCommand;
import witan.cluster.node.NodeCommand;
import witan.cluster.playbook.PlaybookCommand;
import witan.cluster.vote.AbortCommand;
import witan.cluster.vote.ConfirmCommand;
import witan.cluster.vote.VoteCommand;
import witan.cluster.watch.AskCommands;
import witan.cluster.watch.WatchCommand;
import witan.secret.SecretRefused;

/**
 * Entry point of the launcher script and of every node. Exit codes: 0 done, 1 it failed, 2 it could
 * not be started.
 */
@Command(
    name = "witan",
    mixinStandardHelpOptions = true,
    version = "witan 0.1.0",
    description = "A council for incident response.",
    subcommands = {
      DemoCommand.class,
      IngestCommand.class,
      UpCommand.class,
      DownCommand.class,
      RestartCommand.class,
      StatusCommand.class,
      TokenCommand.class,
      VoteCommand.class,
      PlaybookCommand.class,
      WatchCommand.class,
      ConfirmCommand.class,
      AbortCommand.class,
      AskCommands.Pause.class,
      AskCommands.Resume.class,
      AskCommands.Resolve.class,
      NodeCommand.class,
      LogCommand.class,
      SuperviseCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The commands, and how their failures become exit codes. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    NodeCommands.addTo(Objects.requireNonNull(line.getSubcommands().get("node")));
    line.setExecutionExceptionHandler(
        (problem, command, parsed) -> {
          if (problem instanceof StartException
              || problem instanceof SecretRefused
              || problem instanceof DamagedMemoryException
              || problem instanceof ConfigException) {
            command.getErr().println("witan: " + problem.getMessage());
            return 2;
          }
          command.getErr().println("witan: " + problem);
          if (System.getenv("WITAN_DEBUG") != null) {
            problem.printStackTrace(command.getErr());
          }
          return 1;
        });
    return line;
  }
}
