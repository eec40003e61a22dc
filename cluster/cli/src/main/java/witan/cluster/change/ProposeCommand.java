package witan.cluster.change;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;

/** {@code witan propose}: what its subcommands open a vote on. */
@Command(
    name = "propose",
    mixinStandardHelpOptions = true,
    description = {
      "Opens a vote on a proposal of yours, signed with your key. What you do not give is taken"
          + " from the council as it is; the change is shown, old to new, before you are asked.",
      "'propose response' is about an incident, all others change the council.",
      "Exit codes: 0 proposed; 1 the council refused; 2 it could not be tried; 3 you did not"
          + " confirm."
    })
public final class ProposeCommand implements Callable<Integer> {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(
          ProposeCommand::new,
          List.of(
              MemberProposals.class,
              PolicyProposal.class,
              TableProposal.class,
              GuardiansProposal.class,
              PlaybookProposal.class,
              SensorsProposal.class,
              StakeProposal.class,
              ChangeProposal.class,
              ResponseProposal.class));

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "What do you propose? member, policy, table, guardians, playbook, sensors, stake, change"
            + " or response");
  }
}
