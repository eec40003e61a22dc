package witan.cluster.local;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import witan.cluster.CommandMaker;
import witan.cluster.CouncilCommands;
import witan.cluster.Program;
import witan.cluster.client.HttpClients;

/** Entry point of what a person types; what runs a node has one of its own. */
public final class Terminal {
  private Terminal() {}

  public static void main(String[] arguments) {
    int code = program().run(arguments);
    HttpClients.end();
    System.exit(code);
  }

  /** The commands that speak to a council, and those of the stack on this machine. */
  public static Program program() {
    Map<String, CommandMaker> commands = new TreeMap<>(CouncilCommands.all());
    commands.put("up", CommandMaker.of(UpCommand::new));
    commands.put("down", CommandMaker.of(DownCommand::new));
    commands.put("restart", CommandMaker.of(RestartCommand::new));
    commands.put("status", CommandMaker.of(StatusCommand::new));
    commands.put("logs", CommandMaker.of(LogsCommand::new));
    commands.put("token", CommandMaker.of(TokenCommand::new));
    commands.put("node", words -> NodeCommands.line());
    return new Program(commands, Set.of());
  }
}
