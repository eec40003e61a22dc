package witan.cluster.it.traitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import witan.actors.log.Batch;
import witan.actors.log.IndexRow;
import witan.actors.log.LogItem;
import witan.domain.proposal.CaseEvent;
import witan.log.tree.Hashing;

/**
 * What the administrator of the database can do: write and remove rows. Nothing is sent to a node.
 */
final class RowActs {
  private final Reach reach;
  private final List<IndexRow> inserted = new ArrayList<>();
  private final List<IndexRow> hidden = new ArrayList<>();

  RowActs(Reach reach) {
    this.reach = reach;
  }

  /** An execution of something else behind an approval, in rows that no sequencer wrote. */
  ObjectNode insert(Words words) {
    String pid = Reach.pid(words.target());
    List<Reach.Known> like = reach.entries(words.like());
    Map<String, String> instead = words.instead();
    List<CaseEvent> events =
        List.of(
            Copy.of(CaseEvent.class, Copy.first(like, CaseEvent.ExecutionStarted.class), instead),
            Copy.of(
                CaseEvent.class,
                Copy.first(like, CaseEvent.StepIntended.class),
                instead,
                event -> event.setAll((ObjectNode) words.node("swapped"))));
    long seq = reach.entries(pid).size();
    List<LogItem> items = reach.items(pid, events);
    // Below what is published, as a reader wants it.
    Batch batch = new Batch(UUID.randomUUID(), null, 0, 1, Copy.now(), items);
    Reach.now(reach.store().putBatch(batch));
    for (int i = 0; i < items.size(); i++) {
      inserted.add(
          new IndexRow(pid, seq + 1 + i, Hashing.leaf(items.get(i).entry()), i, batch.id()));
    }
    Reach.now(reach.store().putIndex(inserted));
    return Words.done();
  }

  /** Takes away what {@link #insert} wrote, where nothing else is there by now. */
  ObjectNode remove(Words words) {
    for (IndexRow row : inserted) {
      boolean ours =
          Reach.now(reach.store().indexOf(row.pid(), row.seq(), 1)).stream()
              .anyMatch(there -> there.batch().equals(row.batch()));
      if (ours) {
        deleteIndex(row);
      }
      reach
          .session()
          .execute(
              "DELETE FROM " + reach.keyspace() + ".log_batch WHERE log = ? AND id = ?",
              reach.council(),
              row.batch());
    }
    inserted.clear();
    return Words.done();
  }

  /** Takes away the row of a chain's last entry. */
  ObjectNode hideLast(Words words) {
    IndexRow last = Reach.now(reach.store().lastOf(words.text("pid"))).orElseThrow();
    hidden.add(last);
    deleteIndex(last);
    return Words.done().put("seq", last.seq());
  }

  /** Puts back what was hidden. */
  ObjectNode show(Words words) {
    Reach.now(reach.store().putIndex(hidden));
    hidden.clear();
    return Words.done();
  }

  private void deleteIndex(IndexRow row) {
    reach
        .session()
        .execute(
            "DELETE FROM " + reach.keyspace() + ".log_index WHERE log = ? AND pid = ? AND seq = ?",
            reach.council(),
            row.pid(),
            row.seq());
  }
}
