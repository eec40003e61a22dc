package witan.load.breaks;

import java.util.List;
import java.util.Map;
import witan.load.fault.Kind;

/**
 * The protocol without one of its rules: the product's own sources with a few places changed.
 *
 * @param edits by file, relative to {@code actors/ledger/src/main/java/witan/actors/log}
 * @param provokes the faults under which it shows
 */
record Break(String name, Map<String, List<Edit>> edits, List<Kind> provokes) {

  /** What stands in the source, and what shall stand there. */
  record Edit(String from, String to) {}

  /** Two clusters write one log: writers of one entity that know nothing of each other. */
  private static final List<Kind> TWO_WRITERS = List.of(Kind.SPLIT_BRAIN);

  static final Break NO_PREV_CHECK =
      new Break(
          "no prev check",
          Map.of(
              "SequencerCore.java",
              List.of(
                  new Edit(
                      "return append.entries().get(0).follows(seq, hash);",
                      // What is sent again is still known again.
                      "return !append.last().hash().equals(hash);"))),
          TWO_WRITERS);

  static final Break EARLY_ANSWER =
      new Break(
          "acknowledge before commit",
          Map.of(
              "SequencerCore.java",
              List.of(
                  new Edit(
                      """
                        void written(Commit commit) {
                          commit(commit, 1);
                      """,
                      // A commit that may take its time, since nobody waits for it.
                      """
                        void written(Commit commit) {
                          long index = commit.batch().start() - 1;
                          for (Queued append : commit.appends()) {
                            index += append.entries().size();
                            append.replyTo().accept(appended(append.last(), index));
                          }
                          host.after(Duration.ofMillis(300), () -> commit(commit, 1));
                      """))),
          List.of(Kind.KILL_NODE));

  static final Break BY_NUMBER =
      new Break(
          "acknowledge by number",
          Map.of(
              "SequencerCore.java",
              List.of(
                  new Edit(
                      "rows.get(count - 1).hash().equals(last.hash())",
                      "rows.get(count - 1).seq() == last.seq()"))),
          TWO_WRITERS);

  static final Break MUTABLE_HEAD =
      new Break(
          "mutable head cell",
          Map.of(
              "LogSchema.java",
              List.of(
                  new Edit(
                      """
                              // A partition holds the 256 tiles\
                      """,
                      """
                              table(
                                  ks,
                                  "log_cell",
                                  "log text, pid text, seq bigint, hash blob, idx bigint,"
                                      + " batch_id uuid, PRIMARY KEY ((log, pid))"),
                              // A partition holds the 256 tiles\
                      """)),
              "LogQueries.java",
              List.of(
                  new Edit(
                      """
                      FROM %s.log_index WHERE log = ? AND pid = ?"
                                + " ORDER BY seq DESC LIMIT 1"\
                      """,
                      """
                      FROM %s.log_cell WHERE log = ? AND pid = ?"\
                      """)),
              "CassandraLogStore.java",
              List.of(
                  new Edit(
                      "  private final PreparedStatement cursor;",
                      """
                        private final PreparedStatement putCell;
                        private final PreparedStatement cursor;\
                      """),
                  new Edit(
                      "    cursor = cql.prepare(",
                      """
                          putCell =
                              cql.prepare(
                                  "INSERT INTO %s.log_cell (log, pid, seq, hash, idx, batch_id)"
                                      + " VALUES (?, ?, ?, ?, ?, ?)");
                          cursor = cql.prepare(\
                      """),
                  new Edit(
                      """
                        public CompletionStage<Void> putIndex(List<IndexRow> rows) {
                      """,
                      // One write in two timed out, was repeated, and arrives after all: late.
                      """
                        public CompletionStage<Void> putIndex(List<IndexRow> rows) {
                          if (java.util.concurrent.ThreadLocalRandom.current().nextBoolean()) {
                            CompletableFuture.delayedExecutor(
                                    3_000, java.util.concurrent.TimeUnit.MILLISECONDS)
                                .execute(() -> putCells(rows));
                          }
                          return putRows(rows).thenCompose(done -> putCells(rows));
                        }

                        private CompletionStage<Void> putCells(List<IndexRow> rows) {
                          var last = new java.util.LinkedHashMap<String, IndexRow>();
                          rows.forEach(row -> last.put(row.pid(), row));
                          return cql.insertAll(
                              List.copyOf(last.values()),
                              row ->
                                  putCell.bind(
                                      log,
                                      row.pid(),
                                      row.seq(),
                                      Cql.buffer(row.hash()),
                                      row.index(),
                                      row.batch()),
                              row -> 128,
                              INDEX_ROWS,
                              BATCH_BYTES);
                        }

                        private CompletionStage<Void> putRows(List<IndexRow> rows) {
                      """))),
          TWO_WRITERS);

  static final List<Break> ALL = List.of(NO_PREV_CHECK, EARLY_ANSWER, BY_NUMBER, MUTABLE_HEAD);
}
