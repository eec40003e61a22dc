package witan.actors.anchor;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.chain.anchor.AnchorIntent;
import witan.chain.anchor.AnchorJournal;
import witan.chain.anchor.AnchorReceipt;
import witan.chain.anchor.ChainIdentity;
import witan.codec.json.Json;

/**
 * The anchorer's memory: rows that are inserted once (LWT) and never changed. The highest number of
 * {@code anchor_intent} is the present state; {@code anchor_done} confirms a number. A second
 * anchorer, still alive after a fail-over, meets a number that is taken and gets an exception; what
 * it may have sent meanwhile is one more transaction of the same nonce, which the chain takes once.
 */
public final class CassandraAnchorJournal implements AnchorJournal {
  private static final String ADOPTED = "adopted";
  private static final String INTENDED = "intended";

  private final CqlSession session;
  private final String logId;
  private final String intents;
  private final String done;

  /**
   * Makes no tables; see {@link #tables}.
   *
   * @param logId the log's origin: several logs may share the tables
   */
  public CassandraAnchorJournal(CqlSession session, String keyspace, String logId) {
    this.session = session;
    this.logId = logId;
    this.intents = keyspace + ".anchor_intent";
    this.done = keyspace + ".anchor_done";
  }

  /** What the keyspace must hold; each may be repeated. */
  public static List<String> tables(String keyspace) {
    return List.of(
        "CREATE TABLE IF NOT EXISTS "
            + keyspace
            + ".anchor_intent (log_id text, seq bigint, kind text, data text,"
            + " PRIMARY KEY (log_id, seq)) WITH CLUSTERING ORDER BY (seq DESC)",
        "CREATE TABLE IF NOT EXISTS "
            + keyspace
            + ".anchor_done (log_id text, seq bigint, data text, PRIMARY KEY ((log_id, seq)))");
  }

  @Override
  public State load() {
    Row last = last();
    if (last == null) {
      return new State(null, null, null);
    }
    String data = text(last, "data");
    if (text(last, "kind").equals(ADOPTED)) {
      return new State(read(ChainIdentity.class, data), null, null);
    }
    AnchorIntent intent = read(AnchorIntent.class, data);
    return new State(intent.identity(), intent, confirmation(last.getLong("seq")));
  }

  @Override
  public void adopt(ChainIdentity identity) {
    append(ADOPTED, identity);
  }

  @Override
  public void intend(AnchorIntent intent) {
    append(INTENDED, intent);
  }

  @Override
  public void confirm(AnchorReceipt receipt) {
    Row last = last();
    if (last == null || !text(last, "kind").equals(INTENDED)) {
      throw new IllegalStateException("there is no intent to confirm");
    }
    // A repeat finds the row; the first receipt stands.
    session.execute(
        SimpleStatement.newInstance(
                "INSERT INTO " + done + " (log_id, seq, data) VALUES (?, ?, ?) IF NOT EXISTS",
                logId,
                last.getLong("seq"),
                json(receipt))
            .setConsistencyLevel(ConsistencyLevel.QUORUM)
            .setIdempotent(false));
  }

  private void append(String kind, Object value) {
    Row last = last();
    long seq = last == null ? 1 : last.getLong("seq") + 1;
    boolean applied =
        session
            .execute(
                SimpleStatement.newInstance(
                        "INSERT INTO "
                            + intents
                            + " (log_id, seq, kind, data) VALUES (?, ?, ?, ?) IF NOT EXISTS",
                        logId,
                        seq,
                        kind,
                        json(value))
                    .setConsistencyLevel(ConsistencyLevel.QUORUM)
                    .setIdempotent(false))
            .wasApplied();
    if (!applied) {
      throw new IllegalStateException("another anchorer writes: number " + seq + " is taken");
    }
  }

  private @Nullable Row last() {
    return session
        .execute(
            SimpleStatement.newInstance(
                    "SELECT seq, kind, data FROM " + intents + " WHERE log_id = ? LIMIT 1", logId)
                .setConsistencyLevel(ConsistencyLevel.SERIAL))
        .one();
  }

  private @Nullable AnchorReceipt confirmation(long seq) {
    Row row =
        session
            .execute(
                SimpleStatement.newInstance(
                        "SELECT data FROM " + done + " WHERE log_id = ? AND seq = ?", logId, seq)
                    .setConsistencyLevel(ConsistencyLevel.SERIAL))
            .one();
    return row == null ? null : read(AnchorReceipt.class, text(row, "data"));
  }

  private static String text(Row row, String column) {
    String text = row.getString(column);
    if (text == null) {
      throw new IllegalStateException("empty column " + column + " in the anchor journal");
    }
    return text;
  }

  private static String json(Object value) {
    return new String(Json.canonical(value), StandardCharsets.UTF_8);
  }

  private static <T> T read(Class<T> type, String data) {
    return Json.read(type, data.getBytes(StandardCharsets.UTF_8));
  }
}
