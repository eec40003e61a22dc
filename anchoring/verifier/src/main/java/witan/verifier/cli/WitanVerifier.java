package witan.verifier.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The commands. */
@Command(
    name = "witan-verifier",
    description = "Checks evidence of a Witan council without trusting who handed it out.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    exitCodeOnExecutionException = 2,
    footer = {
      "",
      "Exit codes: 0 proven, 1 disproved, 2 could not check,",
      "3 proven but for what the report names and nobody looked up."
    },
    subcommands = {
      BundleCommand.class,
      ProofCommand.class,
      ConsistencyCommand.class,
      FsckCommand.class,
      TallyCommand.class
    })
public final class WitanVerifier implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
