package witan.cluster.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import witan.cluster.settings.LocalOptions;

/** What {@code witan up} runs in the background. */
@Command(name = "supervise", hidden = true, description = "Runs database, chain and nodes.")
public final class SuperviseCommand implements Callable<Integer> {
  @Mixin LocalOptions options = new LocalOptions();

  @Mixin ClusterOptions cluster = new ClusterOptions();

  private final DatabaseUsers users;

  public SuperviseCommand(DatabaseUsers users) {
    this.users = users;
  }

  @Override
  public Integer call() throws Exception {
    try (Supervisor supervisor = new Supervisor(cluster.of(options), users)) {
      supervisor.run();
    }
    return 0;
  }
}
