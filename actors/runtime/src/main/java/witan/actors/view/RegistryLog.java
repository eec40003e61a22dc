package witan.actors.view;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import witan.actors.spi.EntryLog;
import witan.domain.api.LoggedEvent;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryState;
import witan.domain.spi.Aggregate;

/** The registry as logged; each look reads only what is new. Thread-safe. */
public final class RegistryLog {
  private final EntryLog log;
  private final EntryDecoder decoder;
  private final Aggregate<RegistryState, RegistryCommand, RegistryEvent> aggregate;
  private final String pid;
  private final AtomicReference<RegistryState> known;

  public RegistryLog(
      EntryLog log,
      EntryDecoder decoder,
      Aggregate<RegistryState, RegistryCommand, RegistryEvent> aggregate,
      String councilId) {
    this.log = log;
    this.decoder = decoder;
    this.aggregate = aggregate;
    this.pid = "registry|" + councilId;
    this.known = new AtomicReference<>(aggregate.empty());
  }

  /** Empty before the founding. */
  public CompletionStage<Optional<RegistryState>> current() {
    RegistryState before = known.get();
    return log.ofPid(pid, before.seq() + 1)
        .thenCompose(decoder::decode)
        .thenApply(
            events -> {
              RegistryState now = fold(before, events);
              // Two looks at once fold the same events; the longer one stays.
              known.accumulateAndGet(now, (a, b) -> a.seq() >= b.seq() ? a : b);
              return now.charter() == null ? Optional.empty() : Optional.of(now);
            });
  }

  private RegistryState fold(RegistryState before, List<LoggedEvent> events) {
    RegistryState state = before;
    for (LoggedEvent event : events) {
      state = aggregate.apply(state, CaseLog.meaning(event, RegistryEvent.class));
    }
    return state;
  }
}
