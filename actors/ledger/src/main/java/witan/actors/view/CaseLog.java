package witan.actors.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.actors.spi.PidLog;
import witan.codec.event.Family;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.common.Aggregate;
import witan.domain.common.CaseId;
import witan.domain.common.DomainEvent;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;

/**
 * Folds cases from the log alone; wakes no entity. Thread-safe, without a cache: a read costs one
 * query and the decoding of the pid's entries, or of those that the reader does not know yet.
 */
public final class CaseLog {
  private final PidLog log;
  private final EntryDecoder decoder;
  private final Aggregate<CaseState, CaseCommand, CaseEvent> cases;

  public CaseLog(
      PidLog log, EntryDecoder decoder, Aggregate<CaseState, CaseCommand, CaseEvent> cases) {
    this.log = log;
    this.decoder = decoder;
    this.cases = cases;
  }

  /** Empty where the case has no entry; fails where the key of one of its events was destroyed. */
  public CompletionStage<Optional<LoggedCase>> read(CaseId caseId) {
    return read(caseId, null);
  }

  /**
   * The same for a reader that has read before: costs what was logged since, which changes nothing
   * of what was logged earlier.
   */
  public CompletionStage<Optional<LoggedCase>> read(CaseId caseId, @Nullable LoggedCase known) {
    List<LoggedEvent> before = known == null ? List.of() : known.events();
    return log.allOfPid(Family.CASE.pid(caseId), before.size() + 1)
        .thenCompose(decoder::decode)
        .thenApply(
            events -> {
              if (events.isEmpty()) {
                return Optional.ofNullable(known);
              }
              CaseState state = known == null ? cases.empty() : known.state();
              for (LoggedEvent event : events) {
                state = cases.apply(state, meaning(event, CaseEvent.class));
              }
              List<LoggedEvent> all = new ArrayList<>(before);
              all.addAll(events);
              long last = events.get(events.size() - 1).index();
              return Optional.of(new LoggedCase(state, last, List.copyOf(all)));
            });
  }

  /** The event of a type; fails where its key was destroyed. */
  public static <E extends DomainEvent> E meaning(LoggedEvent logged, Class<E> type) {
    DomainEvent event = logged.event();
    if (event == null) {
      throw new IllegalStateException(
          logged.pid() + " " + logged.seq() + ": its key was destroyed");
    }
    return type.cast(event);
  }
}
