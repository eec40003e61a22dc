package witan.actors.log;

/** What the store of the log asks of Cassandra; {@code %s} is the keyspace. */
final class LogQueries {
  static final String READ_HEAD =
      "SELECT size, root, batch_id, term, next_batch FROM %s.log_head WHERE log = ?";

  static final String MAKE_HEAD =
      "INSERT INTO %s.log_head (log, size, term) VALUES (?, 0, 1) IF NOT EXISTS";

  static final String CLAIM = "UPDATE %s.log_head SET term = ? WHERE log = ? IF term = ?";

  static final String COMMIT =
      "UPDATE %s.log_head SET size = ?, root = ?, batch_id = ? WHERE log = ?"
          + " IF size = ? AND term = ?";

  static final String CLOSE =
      "UPDATE %s.log_head SET term = ?, next_batch = ? WHERE log = ?" + " IF size = ? AND term = ?";

  static final String HEAD_SIZE = "SELECT size FROM %s.log_head WHERE log = ?";

  static final String PUT_BATCH =
      "INSERT INTO %s.log_batch (log, id, previous, start, term, payload, latest)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";

  static final String READ_BATCH =
      "SELECT previous, start, term, payload, latest FROM %s.log_batch"
          + " WHERE log = ? AND id = ?";

  static final String PUT_INDEX =
      "INSERT INTO %s.log_index (log, pid, seq, hash, idx, batch_id) VALUES (?, ?, ?, ?, ?, ?)";

  static final String LAST_OF =
      "SELECT pid, seq, hash, idx, batch_id FROM %s.log_index WHERE log = ? AND pid = ?"
          + " ORDER BY seq DESC LIMIT 1";

  static final String INDEX_OF =
      "SELECT pid, seq, hash, idx, batch_id FROM %s.log_index WHERE log = ? AND pid = ?"
          + " AND seq >= ? LIMIT ?";

  static final String PUT_LEAF =
      "INSERT INTO %s.log_leaf (log, tile, pos, hash, entry, batch_id)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  static final String LEAVES =
      "SELECT tile, pos, hash, entry, batch_id FROM %s.log_leaf WHERE log = ? AND tile = ?"
          + " AND pos >= ? LIMIT ?";

  static final String PUT_TILE =
      "INSERT INTO %s.log_tile (log, level, above, n, hashes, root)" + " VALUES (?, ?, ?, ?, ?, ?)";

  static final String TILE =
      "SELECT hashes FROM %s.log_tile WHERE log = ? AND level = ? AND above = ? AND n = ?";

  static final String TILE_ROOTS =
      "SELECT root FROM %s.log_tile WHERE log = ? AND level = ? AND above = ?"
          + " AND n >= ? LIMIT ?";

  static final String PUT_CHECKPOINT =
      "INSERT INTO %s.log_checkpoint (log, bucket, size, note) VALUES (?, ?, ?, ?)";

  static final String LAST_CHECKPOINT =
      "SELECT size, note FROM %s.log_checkpoint WHERE log = ? AND bucket = ?"
          + " ORDER BY size DESC LIMIT 1";

  static final String CURSOR = "SELECT size FROM %s.log_cursor WHERE log = ?";

  static final String MOVE_CURSOR = "INSERT INTO %s.log_cursor (log, size) VALUES (?, ?)";

  private LogQueries() {}
}
