package witan.cluster.cases;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;
import witan.cluster.watch.AskCommands;

/** {@code witan case}; its subcommands do the work. */
@Command(
    name = "case",
    mixinStandardHelpOptions = true,
    description = {
      "Cases: what happened, where each stands, and who looks at it.",
      "To follow one: 'witan watch'. To vote: 'witan vote'. To end an execution early: 'witan vote"
          + " abort'.",
      "Exit codes: 0 done, 1 the council refused, 2 it could not be tried."
    })
public final class CaseCommand implements Callable<Integer> {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(
          CaseCommand::new,
          List.of(
              CaseListCommand.class,
              CaseShowCommand.class,
              NoteCommands.Note.class,
              NoteCommands.Notes.class,
              NoteCommands.Assign.class,
              AskCommands.Pause.class,
              AskCommands.Resume.class));

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "say what: list, show, note, notes, assign, pause or resume");
  }
}
