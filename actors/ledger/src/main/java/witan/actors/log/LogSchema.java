package witan.actors.log;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.List;

/** The tables. Everything but {@code log_head} and the cursors is insert-only. */
public final class LogSchema {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private LogSchema() {}

  /** Makes what is missing; harmless on every node and at every start. Blocks. */
  public static void create(CqlSession session, CassandraSettings settings) {
    execute(session, statements(settings));
  }

  /** Makes tables, one after the other; a change of the schema takes longer than a request. */
  public static void execute(CqlSession session, List<String> statements) {
    for (String statement : statements) {
      session.execute(SimpleStatement.newInstance(statement).setTimeout(LIMIT));
    }
  }

  /** The CQL, for those who create schemas themselves. */
  public static List<String> statements(CassandraSettings settings) {
    String ks = settings.keyspace();
    return List.of(
        keyspace(ks, settings.replication()),
        keyspace(settings.keysKeyspace(), settings.replication()),
        // Lightweight transactions only: a plain write would not be ordered with them.
        table(
            ks,
            "log_head",
            "log text PRIMARY KEY, size bigint, root blob, batch_id uuid, term bigint,"
                + " next_batch uuid"),
        // Tables of earlier releases lack it.
        "ALTER TABLE " + ks + ".log_head ADD IF NOT EXISTS next_batch uuid",
        table(
            ks,
            "log_batch",
            "log text, id uuid, previous uuid, start bigint, term bigint, payload blob,"
                + " latest timestamp, PRIMARY KEY ((log, id))"),
        // Tables of earlier releases lack it.
        "ALTER TABLE " + ks + ".log_batch ADD IF NOT EXISTS latest timestamp",
        table(
            ks,
            "log_index",
            "log text, pid text, seq bigint, hash blob, idx bigint, batch_id uuid,"
                + " PRIMARY KEY ((log, pid), seq)"),
        table(
            ks,
            "log_leaf",
            "log text, tile bigint, pos int, hash blob, entry blob, batch_id uuid,"
                + " PRIMARY KEY ((log, tile), pos)"),
        // A partition holds the 256 tiles below one tile of the next level.
        table(
            ks,
            "log_tile",
            "log text, level int, above bigint, n bigint, hashes blob, root blob,"
                + " PRIMARY KEY ((log, level, above), n)"),
        table(
            ks,
            "log_checkpoint",
            "log text, bucket bigint, size bigint, note text, PRIMARY KEY ((log, bucket), size)"),
        table(ks, "log_cursor", "log text PRIMARY KEY, size bigint"),
        table(
            ks,
            "follower_cursor",
            "log text, follower text, next bigint, PRIMARY KEY (log, follower)"),
        table(ks, "content", "digest text PRIMARY KEY, bytes blob"),
        table(settings.keysKeyspace(), "subject_key", "subject text PRIMARY KEY, key blob"));
  }

  private static String keyspace(String name, String replication) {
    return "CREATE KEYSPACE IF NOT EXISTS " + name + " WITH replication = " + replication;
  }

  private static String table(String keyspace, String name, String columns) {
    return "CREATE TABLE IF NOT EXISTS " + keyspace + "." + name + " (" + columns + ")";
  }
}
