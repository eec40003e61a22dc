package witan.cluster.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.cluster.settings.DataOptions;
import witan.cluster.settings.RunState;

/**
 * {@code witan status}: exit 0 when every node is ready, 1 when something runs but not all is, 2
 * when nothing runs.
 */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "What runs in this data folder, and how it is; what wants a person comes first.",
      "Exit codes: 0 every node is ready; 1 something runs, and not all is ready; 2 nothing runs."
    })
public final class StatusCommand implements Callable<Integer> {
  @Mixin DataOptions options = new DataOptions();

  @Option(names = "--json", description = "one JSON document, for programs")
  boolean json;

  @Override
  public Integer call() throws Exception {
    Optional<RunState> running = RunState.ofLiving(options.folder());
    if (running.isEmpty()) {
      System.out.println(
          json ? "{\"phase\":\"NONE\"}" : "Nothing runs on " + options.folder().root());
      return 2;
    }
    ObjectNode all = ClusterStatus.read(options.folder(), running.get());
    System.out.println(json ? all.toPrettyString() : StatusTable.of(all));
    return all.path("ready").asBoolean() ? 0 : 1;
  }
}
