package witan.cluster;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

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
    return line.setExecutionExceptionHandler((problem, command, parsed) -> code(problem, command))
        .setParameterExceptionHandler((fault, words) -> fault(fault));
  }

  private int code(Exception problem, CommandLine command) {
    Failure failure =
        unstarted.stream().anyMatch(type -> type.isInstance(problem))
            ? Failure.said(problem, 2)
            : Failure.of(problem);
    command.getErr().println(failure.line());
    if (System.getenv("WITAN_DEBUG") != null) {
      problem.printStackTrace(command.getErr());
    }
    return failure.code();
  }

  /** What is wrong, how the command is used in one line, and where the rest is said. */
  private static int fault(CommandLine.ParameterException fault) {
    CommandLine command = fault.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println("witan: " + fault.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(fault, err);
    err.println("Usage: " + usage(command));
    err.println("See ./" + name + " --help");
    err.flush();
    return 2;
  }

  /** In one line: what must be given, and that there is more. */
  private static String usage(CommandLine command) {
    StringBuilder usage = new StringBuilder("./" + command.getCommandSpec().qualifiedName());
    usage.append(" [OPTIONS]");
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (option.required()) {
        usage.append(' ').append(option.longestName());
        usage.append(
            option.arity().max() == 0
                ? ""
                : " " + option.paramLabel().replaceAll("[<>]", "").toUpperCase(Locale.ROOT));
      }
    }
    for (PositionalParamSpec word : command.getCommandSpec().positionalParameters()) {
      usage.append(word.required() ? " " + word.paramLabel() : " [" + word.paramLabel() + "]");
    }
    return usage.append(command.getSubcommands().isEmpty() ? "" : " COMMAND").toString();
  }
}
