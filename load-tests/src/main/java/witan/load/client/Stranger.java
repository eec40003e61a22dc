package witan.load.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One more node on the stack's database that founds a cluster of its own: what no cluster should
 * let happen, and what the log has to bear. From then on there are two living writers of every
 * entity and two sequencers.
 */
public final class Stranger implements AutoCloseable {
  /** Far from those that the launcher gives. */
  private static final String HOST = "127.0.0.99";

  private final Process process;
  private final String base;

  private Stranger(Process process, String base) {
    this.process = process;
    this.base = base;
  }

  /** Starts it as a living node of the stack was started; empty when none lives. */
  public static Optional<Stranger> start(Stack stack) throws IOException {
    Optional<ProcessHandle> living =
        stack.nodes().values().stream().filter(ProcessHandle::isAlive).findFirst();
    if (living.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = Stack.commandLine(living.get().pid());
    Map<String, String> environment = Stack.environment(living.get().pid());
    if (command.isEmpty() || environment.isEmpty()) {
      return Optional.empty();
    }
    Path log = stack.data().resolve("logs/node-stranger.out");
    ProcessBuilder builder =
        new ProcessBuilder(
                command.stream()
                    .map(a -> a.replaceAll("=127\\.0\\.0\\.\\d+$", "=" + HOST))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("WITAN_REMOTE_HOST", HOST);
    builder.environment().put("WITAN_HTTP_HOST", HOST);
    builder.environment().put("WITAN_SEEDS", HOST + ":" + environment.get("WITAN_REMOTE_PORT"));
    builder
        .environment()
        .put("WITAN_EXECUTION_FEED_FILE", stack.data().resolve("feed/stranger.json").toString());
    builder
        .environment()
        .put("WITAN_LOG_MEMORY_FILE", stack.data().resolve("memory/stranger.log").toString());
    String base = "http://" + HOST + ":" + environment.get("WITAN_HTTP_PORT");
    return Optional.of(new Stranger(builder.start(), base));
  }

  public String base() {
    return base;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: a founder of a second cluster has nobody to hand over to. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
