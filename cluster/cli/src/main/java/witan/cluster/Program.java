package witan.cluster;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import witan.secret.SecretRefused;

/**
 * A program of several commands, by their names. Exit codes: 0 done, 1 it failed, 2 it could not be
 * started.
 *
 * @param commands by their names
 * @param unstarted failures that mean exit code 2, beside those that mean it everywhere
 */
public record Program(
    Map<String, CommandMaker> commands, Set<Class<? extends Exception>> unstarted) {
  public Program {
    commands = Collections.unmodifiableMap(new TreeMap<>(commands));
    unstarted = Set.copyOf(unstarted);
  }

  @Command(
      name = "witan",
      mixinStandardHelpOptions = true,
      version = "witan 0.1.0",
      description = "A council for incident response.")
  private static final class Root {}

  /** Does what the arguments say; the exit code. */
  public int run(String... arguments) {
    return line(arguments).execute(arguments);
  }

  /** With the command that the arguments call; where they call none, with all. */
  public CommandLine line(String... arguments) {
    CommandLine line = new CommandLine(new Root());
    CommandMaker called = arguments.length == 0 ? null : commands.get(arguments[0]);
    if (called != null) {
      String[] words = Arrays.copyOfRange(arguments, 1, arguments.length);
      line.addSubcommand(arguments[0], called.make(words));
    } else {
      commands.forEach((name, command) -> line.addSubcommand(name, command.make()));
    }
    return line.setExecutionExceptionHandler((problem, command, parsed) -> code(problem, command));
  }

  private int code(Exception problem, CommandLine command) {
    if (problem instanceof StartException
        || problem instanceof SecretRefused
        || unstarted.stream().anyMatch(type -> type.isInstance(problem))) {
      command.getErr().println("witan: " + problem.getMessage());
      return 2;
    }
    command.getErr().println("witan: " + problem);
    if (System.getenv("WITAN_DEBUG") != null) {
      problem.printStackTrace(command.getErr());
    }
    return 1;
  }
}
