package witan.actors.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.PidLog;
import witan.domain.api.LoggedEvent;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryState;
import witan.domain.registry.RegistryVersions;
import witan.domain.spi.Aggregate;

/** The registry as logged, with its past; each look reads only what is new. Thread-safe. */
public final class RegistryLog {
  private final PidLog log;
  private final EntryDecoder decoder;
  private final String pid;
  private final RegistryVersions versions;

  public RegistryLog(
      PidLog log,
      EntryDecoder decoder,
      Aggregate<RegistryState, RegistryCommand, RegistryEvent> aggregate,
      String councilId) {
    this.log = log;
    this.decoder = decoder;
    this.pid = "registry|" + councilId;
    this.versions = new RegistryVersions(aggregate);
  }

  /** Empty before the founding. */
  public CompletionStage<Optional<RegistryState>> current() {
    return refreshed()
        .thenApply(now -> now.charter() == null ? Optional.empty() : Optional.of(now));
  }

  /** The registry's past, up to what was logged when this was asked or later. */
  public CompletionStage<RegistryHistory> history() {
    return refreshed().thenApply(now -> this::at);
  }

  /** One read gives a part of a long registry: it is read on until nothing is new. */
  private CompletionStage<RegistryState> refreshed() {
    return log.ofPid(pid, latest().seq() + 1)
        .thenCompose(
            page ->
                page.isEmpty()
                    ? CompletableFuture.completedFuture(latest())
                    : decoder.decode(page).thenApply(this::learn).thenCompose(now -> refreshed()));
  }

  private synchronized RegistryState latest() {
    return versions.current();
  }

  private synchronized RegistryState at(Instant time) {
    return versions.at(time);
  }

  /** Two looks at once read the same events: what one has learned the other passes over. */
  private synchronized RegistryState learn(List<LoggedEvent> events) {
    for (LoggedEvent event : events) {
      if (event.seq() == versions.current().seq() + 1) {
        versions.add(CaseLog.meaning(event, RegistryEvent.class));
      }
    }
    return versions.current();
  }
}
