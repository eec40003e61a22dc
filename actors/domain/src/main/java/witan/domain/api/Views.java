package witan.domain.api;

import java.util.concurrent.Flow;

/** Read side: built from the log feed alone; may be a moment old, never wrong. */
public interface Views {
  Page<CaseSummary> cases(CaseQuery query);

  /**
   * Every logged event from that index on, then live; bounded buffers, slow readers are cut off.
   */
  Flow.Publisher<LoggedEvent> events(long fromIndex);
}
