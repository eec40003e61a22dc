package witan.cluster.local;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import witan.cluster.CouncilCommands;
import witan.cluster.Program;

/** Entry point of what a person types; what runs a node has one of its own. */
public final class Terminal {
  private Terminal() {}

  public static void main(String[] arguments) {
    System.exit(program().run(arguments));
  }

  /** The commands that speak to a council, and those of the stack on this machine. */
  public static Program program() {
    Map<String, Supplier<Object>> commands = new TreeMap<>(CouncilCommands.all());
    commands.put("up", UpCommand::new);
    commands.put("down", DownCommand::new);
    commands.put("restart", RestartCommand::new);
    commands.put("status", StatusCommand::new);
    commands.put("token", TokenCommand::new);
    commands.put("node", NodeCommands::line);
    return new Program(commands, Set.of());
  }
}
