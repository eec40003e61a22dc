package witan.actors.view;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.PidLog;
import witan.domain.api.LoggedEvent;
import witan.domain.catalogue.CatalogueAggregate;
import witan.domain.catalogue.CatalogueEvent;
import witan.domain.catalogue.CatalogueState;

/** The catalogue as logged; each look reads only what is new, and wakes no entity. Thread-safe. */
public final class CatalogueLog {
  private final PidLog log;
  private final EntryDecoder decoder;
  private final CatalogueAggregate aggregate;
  private final String pid;
  private volatile CatalogueState known;

  public CatalogueLog(
      PidLog log, EntryDecoder decoder, CatalogueAggregate aggregate, String councilId) {
    this.log = log;
    this.decoder = decoder;
    this.aggregate = aggregate;
    this.pid = "catalogue|" + councilId;
    this.known = aggregate.empty();
  }

  /** As logged when this was asked, or later: one read gives a part, so it is read on. */
  public CompletionStage<CatalogueState> current() {
    CatalogueState before = known;
    return log.ofPid(pid, before.seq() + 1)
        .thenCompose(
            page ->
                page.isEmpty()
                    ? CompletableFuture.completedFuture(before)
                    : decoder
                        .decode(page)
                        .thenCompose(
                            events -> {
                              learn(events);
                              return current();
                            }));
  }

  /** Two looks at once read the same events: what one has learned the other passes over. */
  private synchronized void learn(List<LoggedEvent> events) {
    CatalogueState state = known;
    for (LoggedEvent event : events) {
      if (event.seq() == state.seq() + 1) {
        state = aggregate.apply(state, CaseLog.meaning(event, CatalogueEvent.class));
      }
    }
    known = state;
  }
}
