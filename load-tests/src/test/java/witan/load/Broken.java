package witan.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import witan.load.check.Watch;

/** A torture in this process, and what its watch saw first. */
public final class Broken {
  private Broken() {}

  /** How it ended. */
  public record Run(int exit, Optional<Watch.Broken> first) {}

  public static Run torture(TestStack stack, List<String> arguments) {
    TortureCommand torture = new TortureCommand();
    List<String> all = new ArrayList<>(stack.target());
    all.addAll(arguments);
    int exit = new CommandLine(torture).execute(all.toArray(String[]::new));
    return new Run(exit, torture.broken());
  }
}
