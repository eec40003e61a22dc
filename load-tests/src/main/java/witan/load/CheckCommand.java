package witan.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.load.check.Checker;
import witan.load.client.LoadClient;
import witan.load.client.Stack;
import witan.load.drive.History;

/** {@code check}: verifies a running stack from the outside. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Verifies the whole log of a running stack from the outside, and that what a history file of"
            + " earlier runs saw is in it. Exit code 0: every promise held; 1: one was broken; 2: it"
            + " could not be checked, or not all of it.")
final class CheckCommand implements Callable<Integer> {
  private static final Duration SETTLE = Duration.ofSeconds(90);

  @Mixin Target target = new Target();

  @Option(names = "--history", description = "what torture --history wrote")
  @Nullable Path history;

  @Option(
      names = "--bundles",
      defaultValue = "100000",
      description = "at most so many cases are proven by the verifier (default: ${DEFAULT-VALUE})")
  int bundles;

  @Override
  public Integer call() throws Exception {
    Stack stack = target.stack();
    LoadClient api = target.client(stack);
    Path file = history;
    return Checker.print(
        new Checker(api, settings(target, stack, bundles, 1))
            .run(file == null ? List.of() : History.read(file)));
  }

  static Checker.Settings settings(Target target, Stack stack, int bundles, long seed) {
    return new Checker.Settings(SETTLE, target.rpc(), stack.verifierJar(), bundles, seed);
  }
}
