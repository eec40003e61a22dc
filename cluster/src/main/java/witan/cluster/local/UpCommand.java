package witan.cluster.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code witan up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts database, development chain and one node; returns when the API is ready.")
public final class UpCommand implements Callable<Integer> {
  @Mixin LocalOptions options = new LocalOptions();

  @Override
  public Integer call() throws Exception {
    LocalStack stack = new LocalStack(options);
    stack.start(line -> System.out.println("  " + line));
    System.out.println("Ready: http://127.0.0.1:" + options.httpPort);
    System.out.println("Data:  " + stack.folder().root() + "   Logs: " + stack.folder().logs());
    System.out.println("Next:  ./witan status, ./witan token --help, ./witan down");
    return 0;
  }
}
