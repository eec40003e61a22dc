package witan.actors.log;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import witan.actors.spi.Failures;
import witan.log.tree.Hash;

/** Prepared statements, asynchronously; no request is sent twice. Thread-safe. */
final class Cql {
  private final CqlSession session;
  private final String keyspace;

  Cql(CqlSession session, String keyspace) {
    this.session = session;
    this.keyspace = keyspace;
  }

  /** Blocks; for start-up. {@code %s} stands for the keyspace. */
  PreparedStatement prepare(String cql) {
    return session.prepare(cql.replace("%s", keyspace));
  }

  /** Fails with {@link TimeoutException} where the database gave no answer, for any reason. */
  CompletionStage<AsyncResultSet> run(Statement<?> statement) {
    return session
        .executeAsync(statement.setIdempotent(false))
        .exceptionally(
            failure -> {
              throw new CompletionException(withoutDriver(failure));
            });
  }

  /** Callers tell "ask again" from "broken", and need not know the driver for it. */
  private static Throwable withoutDriver(Throwable failure) {
    Throwable cause = Failures.cause(failure);
    if (cause instanceof DriverException && !(cause instanceof QueryValidationException)) {
      TimeoutException unanswered = new TimeoutException("the database does not answer: " + cause);
      unanswered.initCause(cause);
      return unanswered;
    }
    return failure;
  }

  CompletionStage<Void> write(Statement<?> statement) {
    return run(statement).thenApply(done -> null);
  }

  <T> CompletionStage<Optional<T>> one(Statement<?> statement, Function<Row, T> read) {
    return run(statement).thenApply(rows -> Optional.ofNullable(rows.one()).map(read));
  }

  <T> CompletionStage<List<T>> all(Statement<?> statement, Function<Row, T> read) {
    return run(statement).thenCompose(rows -> collect(rows, read, new ArrayList<>()));
  }

  private static <T> CompletionStage<List<T>> collect(
      AsyncResultSet page, Function<Row, T> read, List<T> into) {
    page.currentPage().forEach(row -> into.add(read.apply(row)));
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> collect(next, read, into))
        : CompletableFuture.completedFuture(into);
  }

  /**
   * Inserts in unlogged batches: fewer round trips, no promise beyond the single rows.
   *
   * @param maxRows of a batch
   * @param maxBytes of a batch, by {@code size}
   */
  <T> CompletionStage<Void> insertAll(
      List<T> rows,
      Function<T, BoundStatement> bind,
      Function<T, Integer> size,
      int maxRows,
      int maxBytes) {
    List<CompletionStage<Void>> writes = new ArrayList<>();
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    int bytes = 0;
    for (T row : rows) {
      int rowBytes = size.apply(row);
      if (batch.getStatementsCount() > 0
          && (batch.getStatementsCount() == maxRows || bytes + rowBytes > maxBytes)) {
        writes.add(write(batch.build()));
        batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
        bytes = 0;
      }
      batch.addStatement(bind.apply(row));
      bytes += rowBytes;
    }
    if (batch.getStatementsCount() > 0) {
      writes.add(write(batch.build()));
    }
    return Derivation.all(writes);
  }

  static byte[] bytes(Row row, String column) {
    ByteBuffer buffer = Objects.requireNonNull(row.getByteBuffer(column), column);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  static Hash hash(Row row, String column) {
    return Hash.of(bytes(row, column));
  }

  static ByteBuffer buffer(Hash hash) {
    return ByteBuffer.wrap(hash.bytes());
  }
}
