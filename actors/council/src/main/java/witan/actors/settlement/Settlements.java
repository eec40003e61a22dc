package witan.actors.settlement;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.Cursor;
import witan.actors.spi.EntryLog;
import witan.actors.spi.Failures;
import witan.actors.spi.StoredEntry;
import witan.codec.entry.Entry;
import witan.codec.json.JsonRefused;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseEvent;

/**
 * Reads the log once, in order, and settles every case whose seal it meets; no other case is looked
 * at, and no entity of a closed case is woken.
 *
 * <p>The cursor moves behind the effect, a batch at a time. A crash before a settlement, in it, or
 * after it and before the cursor has moved, all mean the same: the batch is done again, and what
 * the registry has it answers as repeated. Its memory for that is far longer than a batch. After a
 * down-time the log is caught up with from the cursor.
 */
public final class Settlements {
  private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
  private static final String SEALED = CaseEvent.CaseSealed.class.getSimpleName();

  private final EntryLog log;
  private final Function<CaseId, CompletionStage<Void>> settlement;
  private final Cursor cursor;
  private final int batch;

  /**
   * One at a time; a second one costs work only.
   *
   * @param settlement of one sealed case; {@link CaseSettlement#settle}
   * @param batch how many entries are read at a time
   */
  public Settlements(
      EntryLog log, Function<CaseId, CompletionStage<Void>> settlement, Cursor cursor, int batch) {
    this.log = log;
    this.settlement = settlement;
    this.cursor = cursor;
    this.batch = batch;
  }

  /** Where to begin. */
  public CompletionStage<Long> begin() {
    return cursor.load();
  }

  /**
   * One batch.
   *
   * @return index of the next entry; {@code next} itself where there is nothing new
   */
  public CompletionStage<Long> round(long next) {
    return log.from(next, batch).thenCompose(entries -> settle(next, entries));
  }

  private CompletionStage<Long> settle(long next, List<StoredEntry> entries) {
    if (entries.isEmpty()) {
      return CompletableFuture.completedFuture(next);
    }
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (StoredEntry stored : entries) {
      Entry entry = Entry.parse(stored.entry());
      CaseId caseId = entry.caseId();
      if (caseId != null && entry.type().equals(SEALED)) {
        all = all.thenCompose(before -> settled(caseId));
      }
    }
    long reached = entries.get(entries.size() - 1).index() + 1;
    return all.thenCompose(done -> cursor.advance(reached)).thenApply(moved -> reached);
  }

  private CompletionStage<Void> settled(CaseId caseId) {
    return settlement
        .apply(caseId)
        .exceptionally(
            failure -> {
              Throwable cause = Failures.cause(failure);
              if (!(cause instanceof JsonRefused)) {
                throw new CompletionException(cause);
              }
              // No retry mends a damaged entry, and the others are not kept waiting for it.
              LOG.error("ALARM, case {} cannot be read, and is not settled", caseId, cause);
              return null;
            });
  }
}
