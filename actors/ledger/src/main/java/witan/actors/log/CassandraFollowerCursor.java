package witan.actors.log;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.Cursor;

/**
 * A row of {@code follower_cursor}. It is moved by lightweight transactions only, forward only: a
 * follower that was succeeded and does not know it yet takes nothing back.
 */
public final class CassandraFollowerCursor implements Cursor {
  private final Cql cql;
  private final DefaultConsistencyLevel serial;
  private final String log;
  private final String follower;
  private final PreparedStatement read;
  private final PreparedStatement make;
  private final PreparedStatement move;

  /**
   * Prepares its statements. Blocks.
   *
   * @param follower which one of the log's followers
   */
  public CassandraFollowerCursor(
      CqlSession session, CassandraSettings settings, String log, String follower) {
    this.cql = new Cql(session, settings.keyspace());
    this.serial = DefaultConsistencyLevel.valueOf(settings.serialConsistency());
    this.log = log;
    this.follower = follower;
    this.read = cql.prepare("SELECT next FROM %s.follower_cursor WHERE log = ? AND follower = ?");
    this.make =
        cql.prepare(
            "INSERT INTO %s.follower_cursor (log, follower, next) VALUES (?, ?, ?) IF NOT EXISTS");
    this.move =
        cql.prepare(
            "UPDATE %s.follower_cursor SET next = ? WHERE log = ? AND follower = ? IF next < ?");
  }

  @Override
  public CompletionStage<Long> load() {
    return cql.one(read.bind(log, follower).setConsistencyLevel(serial), row -> row.getLong("next"))
        .thenApply(found -> found.orElse(0L));
  }

  @Override
  public CompletionStage<Void> advance(long next) {
    return cql.run(move.bind(next, log, follower, next))
        .thenCompose(
            moved ->
                moved.wasApplied()
                    ? CompletableFuture.completedFuture(null)
                    : cql.write(make.bind(log, follower, next)));
  }
}
