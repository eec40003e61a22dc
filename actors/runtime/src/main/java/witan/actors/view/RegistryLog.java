package witan.actors.view;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
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
  private volatile RegistryState known;

  public RegistryLog(
      EntryLog log,
      EntryDecoder decoder,
      Aggregate<RegistryState, RegistryCommand, RegistryEvent> aggregate,
      String councilId) {
    this.log = log;
    this.decoder = decoder;
    this.aggregate = aggregate;
    this.pid = "registry|" + councilId;
    this.known = aggregate.empty();
  }

  /** Empty before the founding. */
  public CompletionStage<Optional<RegistryState>> current() {
    RegistryState before = known;
    return log.ofPid(pid, before.seq() + 1)
        .thenCompose(decoder::decode)
        .thenApply(
            events -> {
              RegistryState now = fold(before, events);
              learn(now);
              return now.charter() == null ? Optional.empty() : Optional.of(now);
            });
  }

  /** Two looks at once fold the same events; the longer fold stays. */
  private synchronized void learn(RegistryState now) {
    if (now.seq() > known.seq()) {
      known = now;
    }
  }

  private RegistryState fold(RegistryState before, List<LoggedEvent> events) {
    RegistryState state = before;
    for (LoggedEvent event : events) {
      state = aggregate.apply(state, CaseLog.meaning(event, RegistryEvent.class));
    }
    return state;
  }
}
