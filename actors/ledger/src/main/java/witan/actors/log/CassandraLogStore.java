package witan.actors.log;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.log.tile.TileId;
import witan.log.tile.Tiles;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;

/** The rows of one log in Cassandra; the schema is {@link LogSchema}'s. */
public final class CassandraLogStore implements LogStore {
  /** Checkpoints of so many sizes share a partition. */
  private static final int BUCKET_BITS = 16;

  private static final int BATCH_ROWS = 64;
  private static final int INDEX_ROWS = 10;
  private static final int BATCH_BYTES = 32 << 10;

  private final String log;
  private final Cql cql;
  private final DefaultConsistencyLevel serial;
  private final PreparedStatement readHead;
  private final PreparedStatement makeHead;
  private final PreparedStatement claim;
  private final PreparedStatement commit;
  private final PreparedStatement close;
  private final PreparedStatement headSize;
  private final PreparedStatement putBatch;
  private final PreparedStatement readBatch;
  private final PreparedStatement putIndex;
  private final PreparedStatement lastOf;
  private final PreparedStatement indexOf;
  private final PreparedStatement putLeaf;
  private final PreparedStatement leaves;
  private final PreparedStatement putTile;
  private final PreparedStatement tile;
  private final PreparedStatement tileRoots;
  private final PreparedStatement putCheckpoint;
  private final PreparedStatement lastCheckpoint;
  private final PreparedStatement cursor;
  private final PreparedStatement moveCursor;

  /** Prepares every statement. Blocks. */
  public CassandraLogStore(CqlSession session, CassandraSettings settings, String log) {
    this.log = log;
    this.serial = DefaultConsistencyLevel.valueOf(settings.serialConsistency());
    cql = new Cql(session, settings.keyspace());
    readHead = cql.prepare(LogQueries.READ_HEAD);
    makeHead = cql.prepare(LogQueries.MAKE_HEAD);
    claim = cql.prepare(LogQueries.CLAIM);
    commit = cql.prepare(LogQueries.COMMIT);
    close = cql.prepare(LogQueries.CLOSE);
    headSize = cql.prepare(LogQueries.HEAD_SIZE);
    putBatch = cql.prepare(LogQueries.PUT_BATCH);
    readBatch = cql.prepare(LogQueries.READ_BATCH);
    putIndex = cql.prepare(LogQueries.PUT_INDEX);
    lastOf = cql.prepare(LogQueries.LAST_OF);
    indexOf = cql.prepare(LogQueries.INDEX_OF);
    putLeaf = cql.prepare(LogQueries.PUT_LEAF);
    leaves = cql.prepare(LogQueries.LEAVES);
    putTile = cql.prepare(LogQueries.PUT_TILE);
    tile = cql.prepare(LogQueries.TILE);
    tileRoots = cql.prepare(LogQueries.TILE_ROOTS);
    putCheckpoint = cql.prepare(LogQueries.PUT_CHECKPOINT);
    lastCheckpoint = cql.prepare(LogQueries.LAST_CHECKPOINT);
    cursor = cql.prepare(LogQueries.CURSOR);
    moveCursor = cql.prepare(LogQueries.MOVE_CURSOR);
  }

  @Override
  public CompletionStage<LogHead> head() {
    BoundStatement read = readHead.bind(log).setConsistencyLevel(serial);
    return cql.one(read, CassandraLogStore::head).thenApply(head -> head.orElse(LogHead.EMPTY));
  }

  private static LogHead head(Row row) {
    long size = row.getLong("size");
    Hash root = size == 0 ? LogHead.EMPTY.root() : Cql.hash(row, "root");
    return new LogHead(
        size, root, row.getUuid("batch_id"), row.getLong("term"), row.getUuid("next_batch"));
  }

  @Override
  public CompletionStage<Boolean> claim(long term) {
    BoundStatement write = term == 0 ? makeHead.bind(log) : claim.bind(term + 1, log, term);
    return cql.run(write).thenApply(AsyncResultSet::wasApplied);
  }

  @Override
  public CompletionStage<Boolean> commit(LogHead from, LogHead to) {
    BoundStatement write =
        commit.bind(to.size(), Cql.buffer(to.root()), to.batch(), log, from.size(), from.term());
    return cql.run(write).thenApply(AsyncResultSet::wasApplied);
  }

  @Override
  public CompletionStage<Boolean> close(LogHead from, UUID next) {
    BoundStatement write = close.bind(from.term() + 1, next, log, from.size(), from.term());
    return cql.run(write).thenApply(AsyncResultSet::wasApplied);
  }

  @Override
  public CompletionStage<Void> putBatch(Batch batch) {
    return cql.write(
        putBatch.bind(
            log,
            batch.id(),
            batch.previous(),
            batch.start(),
            batch.term(),
            batch.payload(),
            batch.latest()));
  }

  @Override
  public CompletionStage<Optional<Batch>> batch(UUID id) {
    return cql.one(
        readBatch.bind(log, id),
        row ->
            new Batch(
                id,
                row.getUuid("previous"),
                row.getLong("start"),
                row.getLong("term"),
                row.getInstant("latest"),
                Batch.items(ByteBuffer.wrap(Cql.bytes(row, "payload")))));
  }

  @Override
  public CompletionStage<Void> putIndex(List<IndexRow> rows) {
    return cql.insertAll(
        rows,
        row ->
            putIndex.bind(
                log, row.pid(), row.seq(), Cql.buffer(row.hash()), row.index(), row.batch()),
        row -> 128,
        INDEX_ROWS,
        BATCH_BYTES);
  }

  @Override
  public CompletionStage<Optional<IndexRow>> lastOf(String pid) {
    return cql.one(lastOf.bind(log, pid), CassandraLogStore::indexRow);
  }

  @Override
  public CompletionStage<List<IndexRow>> indexOf(String pid, long fromSeq, int max) {
    return cql.all(indexOf.bind(log, pid, fromSeq, max), CassandraLogStore::indexRow);
  }

  private static IndexRow indexRow(Row row) {
    return new IndexRow(
        Objects.requireNonNull(row.getString("pid")),
        row.getLong("seq"),
        Cql.hash(row, "hash"),
        row.getLong("idx"),
        Objects.requireNonNull(row.getUuid("batch_id")));
  }

  @Override
  public CompletionStage<Void> putLeaves(List<LeafRow> rows) {
    return cql.insertAll(
        rows,
        row ->
            putLeaf.bind(
                log,
                row.index() / TileId.FULL,
                (int) (row.index() % TileId.FULL),
                Cql.buffer(row.hash()),
                ByteBuffer.wrap(row.entry()),
                row.batch()),
        row -> 96 + row.entry().length,
        BATCH_ROWS,
        BATCH_BYTES);
  }

  @Override
  public CompletionStage<List<LeafRow>> leaves(long from, int max) {
    return cql.all(
        leaves.bind(log, from / TileId.FULL, (int) (from % TileId.FULL), max),
        row ->
            new LeafRow(
                row.getLong("tile") * TileId.FULL + row.getInt("pos"),
                Cql.hash(row, "hash"),
                Cql.bytes(row, "entry"),
                Objects.requireNonNull(row.getUuid("batch_id"))));
  }

  @Override
  public CompletionStage<Void> putTile(int level, long number, List<Hash> hashes) {
    return cql.write(
        putTile.bind(
            log,
            level,
            number / TileId.FULL,
            number,
            ByteBuffer.wrap(Tiles.encode(hashes)),
            Cql.buffer(Frontier.EMPTY.appendAll(hashes).root())));
  }

  @Override
  public CompletionStage<Optional<List<Hash>>> tile(int level, long number) {
    return cql.one(
        tile.bind(log, level, number / TileId.FULL, number),
        row -> Tiles.decode(Cql.bytes(row, "hashes"), TileId.FULL));
  }

  @Override
  public CompletionStage<List<Hash>> tileRoots(int level, long number, int max) {
    return cql.all(
        tileRoots.bind(log, level, number / TileId.FULL, number, max),
        row -> Cql.hash(row, "root"));
  }

  @Override
  public CompletionStage<Void> putCheckpoint(StoredCheckpoint checkpoint) {
    return cql.write(
        putCheckpoint.bind(
            log, checkpoint.size() >> BUCKET_BITS, checkpoint.size(), checkpoint.note()));
  }

  /** No checkpoint is of a greater size than the head row's. */
  @Override
  public CompletionStage<Optional<StoredCheckpoint>> lastCheckpoint() {
    return cql.one(headSize.bind(log), row -> row.getLong("size"))
        .thenCompose(size -> lastCheckpoint(size.orElse(0L) >> BUCKET_BITS));
  }

  private CompletionStage<Optional<StoredCheckpoint>> lastCheckpoint(long bucket) {
    return cql.one(
            lastCheckpoint.bind(log, bucket),
            row ->
                new StoredCheckpoint(
                    row.getLong("size"), Objects.requireNonNull(row.getString("note"))))
        .thenCompose(
            found ->
                found.isPresent() || bucket == 0
                    ? CompletableFuture.completedFuture(found)
                    : lastCheckpoint(bucket - 1));
  }

  @Override
  public CompletionStage<Long> cursor() {
    return cql.one(cursor.bind(log), row -> row.getLong("size")).thenApply(size -> size.orElse(0L));
  }

  @Override
  public CompletionStage<Void> moveCursor(long size) {
    return cql.write(moveCursor.bind(log, size));
  }
}
