package witan.load.drive;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What votes are measured against: the row that the journal keeps of a vote, inserted with the bare
 * driver into a table of the same shape in a keyspace of its own, at the council's consistency.
 * Thread-safe.
 */
public final class RawInserts implements AutoCloseable {
  private static final String TABLE = "witan_raw.messages";
  private static final int SAMPLE = 500;
  private static final int LEAST_BYTES = 256;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final CqlSession session;
  private final PreparedStatement insert;
  private final int partitions;
  private final byte[] event;
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  /**
   * Connects and makes the table, for rows as long as those that cases have by now. Blocks.
   *
   * @param partitions the rows are spread over so many
   */
  public RawInserts(int port, int partitions) {
    this.partitions = partitions;
    this.session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .withLocalDatacenter("datacenter1")
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, LIMIT)
                    .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                    .build())
            .build();
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS witan_raw WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute(
        "CREATE TABLE IF NOT EXISTS "
            + TABLE
            + " (persistence_id text, partition_nr bigint, sequence_nr bigint, timestamp timeuuid,"
            + " timebucket text, writer_uuid text, ser_id int, ser_manifest text,"
            + " event_manifest text, event blob,"
            + " PRIMARY KEY ((persistence_id, partition_nr), sequence_nr, timestamp))");
    this.insert =
        session.prepare(
            "INSERT INTO "
                + TABLE
                + " (persistence_id, partition_nr, sequence_nr, timestamp, timebucket, writer_uuid,"
                + " ser_id, ser_manifest, event_manifest, event) VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?,"
                + " ?)");
    this.event = new byte[journalled(session)];
    // What does not compress, like sealed bodies.
    new Random(3).nextBytes(event);
  }

  /** Median size of a case's event in the journal; a founding is many times as long. */
  private static int journalled(CqlSession session) {
    List<Integer> sizes = new ArrayList<>();
    for (Row row :
        session.execute(
            "SELECT persistence_id, event FROM witan_journal.messages LIMIT " + SAMPLE)) {
      ByteBuffer bytes = row.getByteBuffer("event");
      String pid = row.getString("persistence_id");
      if (pid != null
          && pid.startsWith("case|")
          && bytes != null
          && bytes.remaining() > LEAST_BYTES) {
        sizes.add(bytes.remaining());
      }
    }
    sizes.sort(null);
    return sizes.isEmpty() ? 1_200 : sizes.get(sizes.size() / 2);
  }

  /** For the report: what is inserted, and how. */
  public String describe() {
    return event.length
        + " bytes of event, "
        + DefaultConsistencyLevel.LOCAL_QUORUM
        + " of one replica, commit log as the council's (same server)";
  }

  /** Milliseconds when it was inserted. */
  Optional<Long> insert() {
    long number = next.getAndIncrement();
    long begin = System.nanoTime();
    try {
      session.execute(
          insert.bind(
              "case|c-" + Math.floorMod(number, (long) partitions),
              number,
              Uuids.timeBased(),
              "0",
              "2f3e6a1c-6a64-4c1b-9a5e-0d6f6f7b1f10",
              77_001,
              "R1",
              "",
              ByteBuffer.wrap(event)));
      return Optional.of((System.nanoTime() - begin) / 1_000_000);
    } catch (DriverException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
