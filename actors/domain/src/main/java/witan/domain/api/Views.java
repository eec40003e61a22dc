package witan.domain.api;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Read side: built from the log feed alone; may be a moment old, never wrong. */
public interface Views {
  /**
   * Completes with true once this node has read the log up to that index: from then on every read
   * on it, of lists and of single things, shows what the entry says. With false when that takes too
   * long, or too many wait already. No thread waits.
   */
  CompletionStage<Boolean> reached(long index);

  Page<CaseSummary> cases(CaseQuery query);

  /**
   * Every logged event from that index on, then live; bounded buffers, slow readers are cut off.
   */
  Flow.Publisher<LoggedEvent> events(long fromIndex);
}
