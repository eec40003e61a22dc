package witan.cluster.key;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;

/** {@code witan key}. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "The keys that members sign with.")
public final class KeyCommand implements Callable<Integer> {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(KeyCommand::new, List.of(RotateCommand.class, RevokeCommand.class));

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "What of keys? rotate or revoke");
  }
}
