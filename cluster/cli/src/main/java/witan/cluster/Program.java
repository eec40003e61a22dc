package witan.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import witan.secret.SecretRefused;

/**
 * A program of several commands, by their names. Exit codes: 0 done, 1 it failed, 2 it could not be
 * started. Only the command that is called is made: each has many options to look at, and somebody
 * waits.
 *
 * @param commands what makes the command, or its {@link CommandLine}
 * @param unstarted failures that mean exit code 2, beside those that mean it everywhere
 */
public record Program(
    Map<String, Supplier<Object>> commands, Set<Class<? extends Exception>> unstarted) {
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
    Supplier<Object> called = arguments.length == 0 ? null : commands.get(arguments[0]);
    if (called != null) {
      line.addSubcommand(arguments[0], called.get());
    } else {
      commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
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
