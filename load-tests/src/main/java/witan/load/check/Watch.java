package witan.load.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import witan.load.client.LoadClient;
import witan.load.drive.Observation;

/**
 * Checks again and again while the load runs, and knows when it first saw a promise broken: what
 * must hold at every moment, not what must hold in the end.
 */
public final class Watch implements AutoCloseable {
  private static final long PAUSE_MS = 1_000;
  private static final long JOIN_LIMIT_MS = 30_000;

  /** Where the nodes' logs are. */
  public interface Logs {
    List<Path> files() throws IOException;
  }

  /**
   * What was broken first.
   *
   * @param after since the watch began
   */
  public record Broken(Verdict verdict, Duration after) {}

  private final LoadClient api;
  private final Supplier<List<Observation>> seen;
  private final Logs logs;
  private final Runnable whenBroken;
  private final Thread thread;
  private volatile @Nullable Broken broken;
  private volatile boolean stopped;

  /**
   * Does nothing before {@link #start()}.
   *
   * @param seen what was observed until now
   * @param whenBroken is run once, on the watch's thread
   */
  public Watch(LoadClient api, Supplier<List<Observation>> seen, Logs logs, Runnable whenBroken) {
    this.api = api;
    this.seen = seen;
    this.logs = logs;
    this.whenBroken = whenBroken;
    this.thread = new Thread(this::run, "watch");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  public Optional<Broken> broken() {
    return Optional.ofNullable(broken);
  }

  private void run() {
    long begin = System.nanoTime();
    LogReader log = new LogReader(api);
    try {
      JsonNode charter = api.json("/v1/council").path("charter");
      String key = api.json("/v1/trust").path("logKey").asText();
      while (!stopped) {
        Optional<Verdict> verdict =
            look(log, charter, key).stream().filter(v -> !v.ok()).findFirst();
        if (verdict.isPresent()) {
          broken = new Broken(verdict.get(), Duration.ofNanos(System.nanoTime() - begin));
          whenBroken.run();
          return;
        }
        Thread.sleep(PAUSE_MS);
      }
    } catch (IOException e) {
      System.out.println("  the watch ends: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Observations first: what was acknowledged by then is in the log that is read then. */
  private List<Verdict> look(LogReader log, JsonNode charter, String key)
      throws IOException, InterruptedException {
    List<Observation> until = seen.get();
    Verdict alarms = NodeLogs.check(logs.files());
    if (!alarms.ok()) {
      return List.of(alarms);
    }
    try {
      log.read();
    } catch (IllegalStateException e) {
      return List.of(unreadable(e));
    }
    World world =
        new World(
            log.checkpoint(),
            key,
            log.entries(),
            charter,
            Map.of(),
            List.of(),
            Optional.empty(),
            until,
            System.currentTimeMillis());
    return List.of(
        LogChecks.root(world, world.tree()),
        LogChecks.chains(world),
        AckChecks.votes(world),
        AckChecks.alerts(world),
        AckChecks.answers(world),
        CaseChecks.decisions(world));
  }

  static Verdict unreadable(Exception e) {
    Verdict.Builder verdict = new Verdict.Builder("readable");
    verdict.violation(String.valueOf(e.getMessage()));
    return verdict.done("");
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(JOIN_LIMIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
