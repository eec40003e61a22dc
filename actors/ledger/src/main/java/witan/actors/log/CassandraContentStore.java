package witan.actors.log;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.actors.spi.ContentStore;
import witan.codec.content.ElectorateJson;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;
import witan.domain.proposal.ContentLookup;
import witan.log.tree.Hashing;

/** Content by digest in Cassandra, and the node's cache of electorates. */
public final class CassandraContentStore implements ContentStore, ContentLookup {
  private static final int CACHED = 256;

  /** Together; a council of 10,000 has electorates of megabytes. */
  private static final long CACHED_ELECTORS = 100_000;

  private static final long CACHED_BYTES = 16 << 20;

  private final Cql cql;
  private final PreparedStatement put;
  private final PreparedStatement get;
  private final BoundedCache<Digest, Electorate> electorates =
      new BoundedCache<>(CACHED, e -> e.electors().size(), CACHED_ELECTORS);
  private final BoundedCache<Digest, byte[]> contents =
      new BoundedCache<>(CACHED, bytes -> bytes.length, CACHED_BYTES);

  /** Prepares its statements. Blocks. */
  public CassandraContentStore(CqlSession session, CassandraSettings settings) {
    cql = new Cql(session, settings.keyspace());
    put = cql.prepare("INSERT INTO %s.content (digest, bytes) VALUES (?, ?)");
    get = cql.prepare("SELECT bytes FROM %s.content WHERE digest = ?");
  }

  @Override
  public CompletionStage<Digest> put(byte[] canonicalJson) {
    Digest digest = digest(canonicalJson);
    if (contents.get(digest) != null) {
      return CompletableFuture.completedFuture(digest); // what is cached was read or written there
    }
    return cql.write(put.bind(digest.hex(), ByteBuffer.wrap(canonicalJson)))
        .thenApply(
            done -> {
              contents.put(digest, canonicalJson);
              return digest;
            });
  }

  /** What does not have its digest counts as absent. */
  @Override
  public CompletionStage<Optional<byte[]>> get(Digest digest) {
    byte[] cached = contents.get(digest);
    if (cached != null) {
      return CompletableFuture.completedFuture(Optional.of(cached));
    }
    return cql.one(get.bind(digest.hex()), row -> Cql.bytes(row, "bytes"))
        .thenApply(
            found -> {
              Optional<byte[]> sound = found.filter(bytes -> digest(bytes).equals(digest));
              sound.ifPresent(bytes -> contents.put(digest, bytes));
              return sound;
            });
  }

  @Override
  public @Nullable Electorate electorate(Digest digest) {
    return electorates.get(digest);
  }

  /** Fetches an electorate into the cache; false if there is none of that digest. */
  public CompletionStage<Boolean> load(Digest digest) {
    return get(digest)
        .thenApply(
            found -> {
              found.ifPresent(bytes -> electorates.put(digest, ElectorateJson.read(bytes)));
              return found.isPresent();
            });
  }

  private static Digest digest(byte[] bytes) {
    return Digest.of(Hashing.sha256(bytes).bytes());
  }
}
