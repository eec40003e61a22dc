package witan.actors.log;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.Map;

/**
 * Where the rows of the log are.
 *
 * @param access how the database is reached
 * @param keyspace of the log
 * @param keysKeyspace of the subjects' keys alone: it is backed up apart
 * @param replication CQL map, for keyspaces that do not exist yet
 * @param consistency of reads and writes, e.g. LOCAL_QUORUM
 * @param serialConsistency of the head row and the keys, e.g. LOCAL_SERIAL
 * @param requestTimeout for each request
 */
public record CassandraSettings(
    CassandraAccess access,
    String keyspace,
    String keysKeyspace,
    String replication,
    String consistency,
    String serialConsistency,
    Duration requestTimeout) {

  /**
   * Reads {@code witan.log.cassandra} of the given root, and the files that it names.
   *
   * @throws ConfigException with the path of what is missing or wrong
   */
  public static CassandraSettings from(Config root) {
    Config c = root.getConfig(CassandraAccess.PATH);
    return new CassandraSettings(
        CassandraAccess.from(root),
        c.getString("keyspace"),
        c.getString("keys-keyspace"),
        c.getString("replication"),
        c.getString("consistency"),
        c.getString("serial-consistency"),
        c.getDuration("request-timeout"));
  }

  /**
   * A session that sends every request once: the protocol repeats what may be repeated. Blocks
   * until the database answers.
   *
   * @throws ConfigException when it refuses user, password, TLS or its absence
   */
  public CqlSession connect() {
    String timeout = requestTimeout.toMillis() + " ms";
    return new FirstSession(
            access,
            Map.ofEntries(
                Map.entry(DefaultDriverOption.REQUEST_TIMEOUT, timeout),
                Map.entry(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, timeout),
                Map.entry(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, timeout),
                Map.entry(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, timeout),
                Map.entry(DefaultDriverOption.RECONNECTION_MAX_DELAY, "5 s"),
                Map.entry(DefaultDriverOption.RECONNECTION_BASE_DELAY, "500 ms"),
                Map.entry(DefaultDriverOption.REQUEST_CONSISTENCY, consistency),
                Map.entry(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, serialConsistency),
                Map.entry(DefaultDriverOption.RETRY_POLICY_CLASS, NeverRetry.class.getName()),
                // Our batches are unlogged and mostly of one partition; the server warns of each.
                Map.entry(DefaultDriverOption.REQUEST_LOG_WARNINGS, false),
                Map.entry(DefaultDriverOption.CONNECTION_MAX_REQUESTS, 4_096),
                Map.entry(DefaultDriverOption.SESSION_NAME, "witan-log")))
        .open();
  }
}
