package witan.cluster.evidence;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;

/** {@code witan log}: the log from outside. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at the log from outside: 'log check' verifies it, 'log entry' shows one entry. ('log"
          + " adopt', for a log whose newer data is lost, is another program: see ./witan log adopt"
          + " --help.)",
      "Exit codes: those of the verifier."
    })
public final class LogCommand implements Runnable {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(LogCommand::new, List.of(LogCheckCommand.class, LogEntryCommand.class));

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "an action is missing");
  }
}
