package witan.actors.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import witan.domain.common.LogIndex;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;

/**
 * What follows from a committed batch, in this order: leaves and tiles, so that all that is
 * published can be read, and beside them the node's own file; the checkpoint; the index last,
 * because whoever finds an entry there, even a sequencer that was succeeded, may answer that it is
 * logged.
 */
final class Derivation {
  private final LogGenerations log;
  private final LogStore store;
  private final StoreCalls calls;
  private final NoteSigner signer;

  Derivation(LogGenerations log, StoreCalls calls, NoteSigner signer) {
    this.log = log;
    this.store = log.current();
    this.calls = calls;
    this.signer = signer;
  }

  /**
   * Inserts what is published with the batch's checkpoint.
   *
   * @param beside done in the same time, and before {@code then}
   */
  void leavesAndTiles(
      Batch batch,
      List<LogEntry> entries,
      TreeEdge.Grown grown,
      Supplier<CompletionStage<Void>> beside,
      Runnable then) {
    List<LeafRow> leaves = leaves(batch, entries);
    calls.call(
        "insert leaves and tiles",
        () -> {
          List<CompletionStage<Void>> writes = new ArrayList<>();
          writes.add(beside.get());
          writes.add(store.putLeaves(leaves));
          grown
              .full()
              .forEach((id, hashes) -> writes.add(store.putTile(id.level(), id.index(), hashes)));
          return all(writes);
        },
        done -> then.run());
  }

  /**
   * The head row holds size and root: no other root can ever be signed for that size. The empty log
   * has a checkpoint too: it says that the log is open.
   */
  StoredCheckpoint signed(LogHead head) {
    String note = signer.sign(new Checkpoint(signer.key().name(), head.size(), head.root()));
    return new StoredCheckpoint(head.size(), note);
  }

  /** Only of what this node's own file remembers. */
  void publish(StoredCheckpoint checkpoint, Runnable then) {
    calls.call("insert checkpoint", () -> store.putCheckpoint(checkpoint), done -> then.run());
  }

  void index(Batch batch, List<LogEntry> entries, Runnable then) {
    List<IndexRow> rows = index(log.last(), batch, entries);
    calls.call("insert index", () -> store.putIndex(rows), done -> then.run());
  }

  static List<LeafRow> leaves(Batch batch, List<LogEntry> entries) {
    List<LeafRow> leaves = new ArrayList<>();
    for (LogEntry entry : entries) {
      long index = batch.start() + leaves.size();
      leaves.add(new LeafRow(index, entry.hash(), entry.item().entry(), batch.id()));
    }
    return leaves;
  }

  static List<IndexRow> index(int generation, Batch batch, List<LogEntry> entries) {
    List<IndexRow> rows = new ArrayList<>();
    for (LogEntry entry : entries) {
      long index = LogIndex.of(generation, batch.start() + rows.size());
      rows.add(new IndexRow(entry.pid(), entry.seq(), entry.hash(), index, batch.id()));
    }
    return rows;
  }

  static CompletionStage<Void> all(List<CompletionStage<Void>> writes) {
    return CompletableFuture.allOf(
        writes.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }
}
