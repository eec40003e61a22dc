package witan.actors.node;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import witan.actors.log.CassandraKeyTable;
import witan.actors.log.CassandraLogStore;
import witan.actors.log.LogGenerations;
import witan.actors.log.LogHead;
import witan.actors.log.LogSchema;
import witan.actors.log.LogStore;
import witan.actors.spi.KeyTable;

/** A council's log for a process that is no node, while none runs. */
public final class StoppedLog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CqlSession session;
  private final RuntimeSettings settings;

  private StoppedLog(CqlSession session, RuntimeSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /** Connects and creates missing tables. Blocks. */
  public static StoppedLog open(RuntimeSettings settings) {
    CqlSession session = settings.cassandra().connect();
    LogSchema.create(session, settings.cassandra());
    return new StoppedLog(session, settings);
  }

  /**
   * The rows up to the generation of the settings. Blocks.
   *
   * @throws IllegalStateException where a generation before that is not closed
   */
  public LogGenerations generations() {
    return generations(session, settings);
  }

  static LogGenerations generations(CqlSession session, RuntimeSettings settings) {
    List<LogGenerations.Closed> closed = new ArrayList<>();
    for (int i = 0; i < settings.generation(); i++) {
      LogStore store = store(session, settings, i);
      LogHead head = head(store);
      if (!head.closed()) {
        throw new IllegalStateException(
            "witan.log.generation is "
                + settings.generation()
                + ", and generation "
                + i
                + " in the database is not closed: the database is older than the adoption, or it was"
                + " not run");
      }
      closed.add(new LogGenerations.Closed(store, head.size()));
    }
    return new LogGenerations(closed, store(session, settings, settings.generation()));
  }

  private static LogHead head(LogStore store) {
    try {
      return store.head().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the log's head could not be read", e);
    }
  }

  /** The rows of one generation. Blocks. */
  public LogStore store(int generation) {
    return store(session, settings, generation);
  }

  private static LogStore store(CqlSession session, RuntimeSettings settings, int generation) {
    return new CassandraLogStore(
        session, settings.cassandra(), LogGenerations.name(settings.councilId(), generation));
  }

  public KeyTable keys() {
    return new CassandraKeyTable(session, settings.cassandra());
  }

  @Override
  public void close() {
    session.close();
  }
}
