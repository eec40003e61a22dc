package witan.actors.log;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.KeyTable;

/**
 * Keys in a keyspace of their own. A key is made by a conditional insert, whose answer is the key
 * that is there: of two nodes that make one both use the same, and one whose insert got no answer
 * finds its own when it asks again. Keys stay cached until the node stops: an erasure is complete
 * when the nodes were restarted or the cache was pushed out.
 */
public final class CassandraKeyTable implements KeyTable {
  private static final int CACHED = 20_000;
  private static final int KEY_BYTES = 32;

  private final Cql cql;
  private final DefaultConsistencyLevel serial;
  private final PreparedStatement make;
  private final PreparedStatement read;
  private final SecureRandom random = new SecureRandom();
  private final BoundedCache<String, byte[]> cache = new BoundedCache<>(CACHED);

  /** Prepares its statements. Blocks. */
  public CassandraKeyTable(CqlSession session, CassandraSettings settings) {
    cql = new Cql(session, settings.keysKeyspace());
    serial = DefaultConsistencyLevel.valueOf(settings.serialConsistency());
    make = cql.prepare("INSERT INTO %s.subject_key (subject, key) VALUES (?, ?) IF NOT EXISTS");
    read = cql.prepare("SELECT key FROM %s.subject_key WHERE subject = ?");
  }

  @Override
  public CompletionStage<byte[]> keyFor(String subject) {
    byte[] cached = cache.get(subject);
    if (cached != null) {
      return CompletableFuture.completedFuture(cached);
    }
    byte[] made = new byte[KEY_BYTES];
    random.nextBytes(made);
    return cql.one(
            make.bind(subject, ByteBuffer.wrap(made)),
            row -> row.getBoolean("[applied]") ? made : Cql.bytes(row, "key"))
        .thenApply(
            answer -> {
              byte[] key = answer.orElseThrow();
              cache.put(subject, key);
              return key;
            });
  }

  @Override
  public CompletionStage<Optional<byte[]>> existing(String subject) {
    byte[] cached = cache.get(subject);
    if (cached != null) {
      return CompletableFuture.completedFuture(Optional.of(cached));
    }
    return cql.one(read.bind(subject).setConsistencyLevel(serial), row -> Cql.bytes(row, "key"))
        .thenApply(
            found -> {
              found.ifPresent(key -> cache.put(subject, key));
              return found;
            });
  }
}
