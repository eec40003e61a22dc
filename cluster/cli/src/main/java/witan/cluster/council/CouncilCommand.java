package witan.cluster.council;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;

/** {@code witan council}. */
@Command(
    name = "council",
    mixinStandardHelpOptions = true,
    description = {
      "Founds a council, once and for ever: 'council init' drafts a charter, every founder signs it"
          + " ('council sign'), an operator hands it in ('council found'). 'council show' tells a"
          + " charter, or the council that was founded, in words.",
      "Exit codes: 0 done; 1 the council refused, or none is founded; 2 it could not be tried;"
          + " 3 you did not confirm."
    })
public final class CouncilCommand implements Callable<Integer> {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(
          CouncilCommand::new,
          List.of(InitCommand.class, SignCommand.class, FoundCommand.class, ShowCommand.class));

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 2;
  }
}
