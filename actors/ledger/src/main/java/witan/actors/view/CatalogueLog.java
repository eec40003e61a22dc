package witan.actors.view;

import java.util.concurrent.CompletionStage;
import witan.actors.spi.PidLog;
import witan.codec.event.Family;
import witan.domain.catalogue.CatalogueAggregate;
import witan.domain.catalogue.CatalogueEvent;
import witan.domain.catalogue.CatalogueState;

/** The catalogue as logged. Thread-safe. */
public final class CatalogueLog {
  private final LoggedFold<CatalogueState> fold;

  public CatalogueLog(
      PidLog log, EntryDecoder decoder, CatalogueAggregate aggregate, String councilId) {
    this.fold =
        new LoggedFold<>(
            log,
            decoder,
            Family.CATALOGUE.pid(councilId),
            aggregate.empty(),
            CatalogueState::seq,
            (state, event) -> aggregate.apply(state, CaseLog.meaning(event, CatalogueEvent.class)));
  }

  /** As logged when this was asked, or later. */
  public CompletionStage<CatalogueState> current() {
    return fold.current();
  }
}
