package witan.actors.log;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where the rows of the log are.
 *
 * @param datacenter the one that contact points are in
 * @param keyspace of the log
 * @param keysKeyspace of the subjects' keys alone: it is backed up apart
 * @param replication CQL map, for keyspaces that do not exist yet
 * @param consistency of reads and writes, e.g. LOCAL_QUORUM
 * @param serialConsistency of the head row and the keys, e.g. LOCAL_SERIAL
 * @param requestTimeout for each request
 */
public record CassandraSettings(
    List<InetSocketAddress> contactPoints,
    String datacenter,
    String keyspace,
    String keysKeyspace,
    String replication,
    String consistency,
    String serialConsistency,
    Duration requestTimeout) {
  public CassandraSettings {
    contactPoints = List.copyOf(contactPoints);
  }

  /** A session that sends every request once: the protocol repeats what may be repeated. Blocks. */
  public CqlSession connect() {
    DriverConfigLoader config =
        DriverConfigLoader.programmaticBuilder()
            // In place of the configured ones, not beside them: the driver warns of a double one.
            .withStringList(
                DefaultDriverOption.CONTACT_POINTS,
                contactPoints.stream().map(CassandraSettings::hostAndPort).toList())
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, requestTimeout)
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, requestTimeout)
            .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, requestTimeout)
            .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, requestTimeout)
            .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(5))
            .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(500))
            .withString(DefaultDriverOption.REQUEST_CONSISTENCY, consistency)
            .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, serialConsistency)
            .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, NeverRetry.class)
            // Our batches are unlogged and mostly of one partition; the server warns of each.
            .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false)
            .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, 4_096)
            .withString(DefaultDriverOption.SESSION_NAME, "witan-log")
            .build();
    return CqlSession.builder().withLocalDatacenter(datacenter).withConfigLoader(config).build();
  }

  private static String hostAndPort(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
