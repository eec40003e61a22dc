package witan.actors.entity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import witan.actors.log.LogItem;
import witan.actors.spi.ContentStore;
import witan.actors.spi.Entities;
import witan.actors.spi.EntryLog;
import witan.actors.spi.KeyTable;
import witan.actors.spi.StoredEntry;
import witan.codec.content.ElectorateJson;
import witan.codec.event.Family;
import witan.domain.api.Answer;
import witan.domain.api.Councils;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Receipt;
import witan.domain.common.Aggregate;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;
import witan.domain.registry.FoundingPlace;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryState;

/**
 * The registry, read from the log when something was logged of it that was not read, as far as this
 * node has heard, and after a second in any case. Thread-safe.
 */
public final class LoggedCouncil implements Councils {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private record Seen(RegistryState state, long seq, long atNanos) {}

  private final String councilId;
  private final Entities entities;
  private final EntryLog log;
  private final KeyTable keys;
  private final ContentStore content;
  private final Supplier<FoundingPlace> place;
  private final Aggregate<RegistryState, ?, RegistryEvent> aggregate;
  private final EventFormat<RegistryEvent> format = new CodecFormat<>(RegistryEvent.class);
  private final String pid;
  private final AtomicLong heard = new AtomicLong();
  private volatile Seen seen;

  public LoggedCouncil(
      String councilId,
      Entities entities,
      EntryLog log,
      KeyTable keys,
      ContentStore content,
      Supplier<FoundingPlace> place,
      Aggregate<RegistryState, ?, RegistryEvent> aggregate) {
    this.councilId = councilId;
    this.entities = entities;
    this.log = log;
    this.keys = keys;
    this.content = content;
    this.place = place;
    this.aggregate = aggregate;
    this.pid = Family.REGISTRY.pid(councilId);
    this.seen = new Seen(aggregate.empty(), 0, System.nanoTime() - FRESH_NANOS);
  }

  @Override
  public CompletionStage<Answer<Receipt>> submit(RegistryCommand command) {
    return entities
        .toRegistry(councilId, command)
        .thenApply(
            answer -> {
              if (answer instanceof Answer.Done<Receipt> done) {
                heard(done.value().seq());
              }
              Seen last = seen;
              seen = new Seen(last.state(), last.seq(), last.atNanos() - FRESH_NANOS);
              return answer;
            });
  }

  /** This node's view of the log has that event: what is asked for from now on shows it. */
  public void logged(LoggedEvent event) {
    if (event.pid().equals(pid)) {
      heard(event.seq());
    }
  }

  private void heard(long seq) {
    heard.accumulateAndGet(seq, Math::max);
  }

  @Override
  public FoundingPlace place() {
    return place.get();
  }

  @Override
  public CompletionStage<Optional<Electorate>> electorate(Digest digest) {
    return content.get(digest).thenApply(found -> found.flatMap(ElectorateJson::ifOne));
  }

  @Override
  public CompletionStage<Optional<RegistryState>> current() {
    Seen last = seen;
    if (last.seq() >= heard.get() && System.nanoTime() - last.atNanos() < FRESH_NANOS) {
      return CompletableFuture.completedFuture(founded(last));
    }
    return readOn(last)
        .thenApply(
            now -> {
              seen = now;
              return founded(now);
            });
  }

  /** One read gives a part of a long registry: it is read on until nothing is new. */
  private CompletionStage<Seen> readOn(Seen last) {
    return log.ofPid(pid, last.seq() + 1)
        .thenCompose(
            entries ->
                entries.isEmpty()
                    ? CompletableFuture.completedFuture(fold(last, List.of(), new byte[0]))
                    : keys.existing(pid)
                        .thenCompose(key -> readOn(fold(last, entries, key.orElseThrow()))));
  }

  private Seen fold(Seen last, List<StoredEntry> entries, byte[] key) {
    RegistryState state = last.state();
    for (StoredEntry stored : entries) {
      LogItem item = new LogItem(stored.entry(), stored.sealedBody());
      state = aggregate.apply(state, format.decode(item, key));
    }
    return new Seen(state, last.seq() + entries.size(), System.nanoTime());
  }

  private static Optional<RegistryState> founded(Seen seen) {
    return seen.seq() == 0 ? Optional.empty() : Optional.of(seen.state());
  }
}
