package witan.cluster.node;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan config}: what a node would be told, without a node. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "The settings of a node, without a node.",
    subcommands = ConfigCommand.Check.class)
public final class ConfigCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say what: check");
  }

  /** {@code witan config check}. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Reads the settings as a node does at its start: the file over the built-in ones and the"
            + " environment, and the files with rules and secrets that they name. Starts and"
            + " changes nothing.",
        "Exit codes: 0 a node would start with it; 2 it would not, and why."
      })
  static final class Check implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(
        paramLabel = "FILE",
        arity = "0..1",
        description = "HOCON file (default: the one that WITAN_CONFIG names)")
    @Nullable String file;

    @Override
    public Integer call() {
      String read = file == null ? System.getenv("WITAN_CONFIG") : file;
      NodeSettings settings = NodeSettings.load(read);
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          read == null || read.isEmpty()
              ? "The built-in settings and the environment are right."
              : "Right: " + read + " over the built-in settings and the environment.");
      out.printf(
          "  council %s; rules: %d for responses (version %d), %d for suppression%n",
          settings.runtime().councilId(),
          settings.rules().response().rules().size(),
          settings.rules().response().version(),
          settings.rules().suppression().rules().size());
      out.printf(
          "  Kubernetes clusters: %s%n",
          settings.kubernetes().clusters().isEmpty()
              ? "none, executions are rehearsed"
              : String.join(", ", settings.kubernetes().clusters().keySet()));
      out.flush();
      return 0;
    }
  }
}
