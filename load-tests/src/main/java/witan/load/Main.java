package witan.load;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Exit codes: 0 done, every promise held; 1 a promise was broken or it failed; 2 wrong arguments.
 */
@Command(
    name = "witan load",
    mixinStandardHelpOptions = true,
    description = "Load, faults and the outside checker.",
    subcommands = {
      BenchCommand.class,
      AlertBenchCommand.class,
      FailoverCommand.class,
      FloodCommand.class,
      RollingCommand.class,
      TortureCommand.class,
      CheckCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Returns the exit code. */
  static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
  }

  /** What a user can cause is said in a line; anything else is a fault of ours, with its trace. */
  private static int report(Exception failure, CommandLine command) {
    if (failure instanceof IllegalArgumentException) {
      command.getErr().println("load: " + failure.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    if (failure instanceof IOException) {
      command.getErr().println("load: " + failure.getMessage());
    } else {
      failure.printStackTrace(command.getErr());
    }
    // Of a check, 1 says that a promise was broken.
    return command.getCommand() instanceof CheckCommand
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }
}
