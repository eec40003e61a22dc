package witan.actors.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.EntryLog;
import witan.actors.spi.StoredEntry;
import witan.codec.entry.Entry;
import witan.codec.event.Family;
import witan.domain.api.LoggedEvent;
import witan.domain.common.Aggregate;
import witan.domain.common.CaseId;
import witan.domain.common.LogIndex;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryState;
import witan.domain.registry.RegistryVersions;

/**
 * The registry as logged, with its past; each look reads only what is new. What a case stands on is
 * read from the feed of the whole log, up to the case, and not from the registry's index rows,
 * which are written after the checkpoint: an entry that is missing there would give another
 * registry than everybody else's. Thread-safe.
 */
public final class RegistryLog {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryLog.class);
  private static final int PAGE = 256;

  private final EntryLog log;
  private final EntryDecoder decoder;
  private final String pid;
  private final LoggedFold<RegistryVersions> fold;

  /** Every entry of the registry with a lower index in the log is known. */
  private long passed;

  public RegistryLog(
      EntryLog log,
      EntryDecoder decoder,
      Aggregate<RegistryState, RegistryCommand, RegistryEvent> aggregate,
      String councilId) {
    this.log = log;
    this.decoder = decoder;
    this.pid = Family.REGISTRY.pid(councilId);
    this.fold =
        new LoggedFold<>(
            log,
            decoder,
            pid,
            new RegistryVersions(aggregate),
            versions -> versions.current().seq(),
            RegistryLog::learn);
  }

  /**
   * Where a case begins.
   *
   * @param first place of its first entry
   * @param history up to there, at least
   */
  public record Beginning(LogPlace first, RegistryHistory history) {}

  /** Empty before the founding. */
  public CompletionStage<Optional<RegistryState>> current() {
    return fold.current()
        .thenApply(versions -> Optional.of(latest()).filter(now -> now.charter() != null));
  }

  /** Where a case begins; empty until this node's feed has passed it. */
  public CompletionStage<Optional<Beginning>> before(CaseId caseId) {
    return log.firstOf(Family.CASE.pid(caseId))
        .thenCompose(found -> found.isEmpty() ? absent() : before(found.get()));
  }

  private CompletionStage<Optional<Beginning>> before(StoredEntry first) {
    LogPlace place = new LogPlace(first.index(), Entry.parse(first.entry()).at());
    return before(place.index())
        .thenApply(found -> found.map(history -> new Beginning(place, history)));
  }

  /**
   * The registry's past for whatever is in the log at that index or before it; empty until this
   * node's feed has passed that index.
   */
  public CompletionStage<Optional<RegistryHistory>> before(long index) {
    return passed(index).thenCompose(there -> there ? past() : absent());
  }

  private CompletionStage<Boolean> passed(long index) {
    if (passed() > index) {
      return CompletableFuture.completedFuture(true);
    }
    return log.from(passed(), PAGE)
        .thenCompose(
            page ->
                page.isEmpty()
                    ? CompletableFuture.completedFuture(false)
                    : decoder
                        .decode(page.stream().filter(this::ours).toList())
                        .thenApply(events -> pass(page, events))
                        .thenCompose(done -> passed(index)));
  }

  private boolean ours(StoredEntry stored) {
    return Entry.parse(stored.entry()).pid().equals(pid);
  }

  /** A case from before the founding is decided by the founders: decision 0002. */
  private CompletionStage<Optional<RegistryHistory>> past() {
    return latest().charter() == null
        ? fold.current().thenApply(known -> Optional.of(new Past()))
        : CompletableFuture.completedFuture(Optional.of(new Past()));
  }

  /**
   * Takes the next entry of the node's feed, so that it need not be read again for a case. What is
   * wrong with one of the registry's must not stop the feed: it stays for {@link #before}, which
   * fails there.
   */
  public synchronized void follow(LoggedEvent event) {
    if (event.index() != passed && !LogIndex.begins(event.index(), passed)) {
      return;
    }
    if (event.pid().equals(pid)) {
      try {
        fold.learn(List.of(event), RegistryLog::learn);
      } catch (RuntimeException e) {
        LOG.error("ALARM, {} {} is not what a registry can log", pid, event.seq(), e);
      }
      if (event.seq() > latest().seq()) {
        return;
      }
    }
    passed = event.index() + 1;
  }

  private synchronized long passed() {
    return passed;
  }

  private synchronized long pass(List<StoredEntry> page, List<LoggedEvent> registry) {
    fold.learn(registry, RegistryLog::learn);
    for (LoggedEvent event : registry) {
      if (event.seq() > latest().seq()) {
        throw new IllegalStateException(
            pid + " " + event.seq() + " is in the log, and one before it is not");
      }
    }
    return pass(page.get(page.size() - 1).index() + 1);
  }

  private synchronized long pass(long size) {
    passed = Math.max(passed, size);
    return passed;
  }

  private final class Past implements RegistryHistory {
    @Override
    public RegistryState before(long index) {
      read(index);
      return fold.look(versions -> versions.before(index));
    }

    @Override
    public RegistryState heldBefore(LogPlace place, Duration holding) {
      read(place.index());
      return fold.look(versions -> versions.heldBefore(place, holding));
    }

    @Override
    public RegistryState at(Instant time) {
      return fold.look(versions -> versions.at(time));
    }

    /** Outside of the fold's lock, which is taken within this one's. */
    private void read(long index) {
      if (index > passed()) {
        throw new IllegalStateException("the log was not read up to " + index);
      }
    }
  }

  private RegistryState latest() {
    return fold.look(RegistryVersions::current);
  }

  private static RegistryVersions learn(RegistryVersions versions, LoggedEvent event) {
    versions.add(event.index(), CaseLog.meaning(event, RegistryEvent.class));
    return versions;
  }

  private static <T> CompletionStage<Optional<T>> absent() {
    return CompletableFuture.completedFuture(Optional.empty());
  }
}
