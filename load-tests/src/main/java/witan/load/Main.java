package witan.load;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Exit codes: 0 done, every promise held; 1 a promise was broken or it failed; 2 wrong arguments.
 */
@Command(
    name = "load",
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
    return new CommandLine(new Main()).execute(arguments);
  }
}
