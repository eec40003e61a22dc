package witan.cluster.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import witan.cluster.settings.DataOptions;

/** {@code witan down}. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops what up or demo started in this data folder; the data stays.")
public final class DownCommand implements Callable<Integer> {
  @Mixin DataOptions options = new DataOptions();

  @Override
  public Integer call() throws Exception {
    boolean stopped = LocalStack.stop(options.folder());
    System.out.println(stopped ? "Stopped; the data stays." : "Nothing runs in this data folder.");
    return 0;
  }
}
