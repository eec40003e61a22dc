package witan.cluster.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What {@code witan up} runs in the background. */
@Command(name = "supervise", hidden = true, description = "Runs database, chain and nodes.")
public final class SuperviseCommand implements Callable<Integer> {
  @Mixin LocalOptions options = new LocalOptions();

  @Mixin ClusterOptions cluster = new ClusterOptions();

  @Override
  public Integer call() throws Exception {
    cluster.into(options);
    try (Supervisor supervisor = new Supervisor(options)) {
      supervisor.run();
    }
    return 0;
  }
}
