package witan.actors.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.PidLog;
import witan.domain.api.LoggedEvent;
import witan.domain.containment.ContainmentAggregate;
import witan.domain.containment.ContainmentEvent;
import witan.domain.containment.ContainmentState;

/** A council's containments as logged; each look reads only what is new. Thread-safe. */
public final class ContainmentLog {
  private static final int MAX_GRANTS = 1_000;

  private final PidLog log;
  private final EntryDecoder decoder;
  private final ContainmentAggregate rules = new ContainmentAggregate();
  private final String pid;
  private ContainmentState known = ContainmentState.EMPTY;

  /** The last ones, by number; older ones are read again. */
  private final Map<Long, Granted> grants = new LinkedHashMap<>();

  public ContainmentLog(PidLog log, EntryDecoder decoder, String councilId) {
    this.log = log;
    this.decoder = decoder;
    this.pid = pidOf(councilId);
  }

  public static String pidOf(String councilId) {
    return "containment|" + councilId;
  }

  /** With everything that was logged when this was asked. */
  public CompletionStage<ContainmentState> current() {
    return log.ofPid(pid, latest().seq() + 1)
        .thenCompose(
            page ->
                page.isEmpty()
                    ? CompletableFuture.completedFuture(latest())
                    : decoder.decode(page).thenAccept(this::learn).thenCompose(done -> current()));
  }

  /**
   * A grant as it was given.
   *
   * @param before how the council's containments stood when it was
   * @param released whether the case has let it go since
   */
  public record Granted(
      ContainmentEvent.ContainmentGranted event, ContainmentState before, boolean released) {}

  /** The grant of that number; empty where there is none. */
  public CompletionStage<Optional<Granted>> grant(long seq) {
    return current()
        .thenCompose(
            now -> {
              Optional<Granted> recent = recent(seq);
              return recent.isPresent() || seq > now.seq()
                  ? CompletableFuture.completedFuture(recent)
                  : log.allOfPid(pid, 1).thenCompose(decoder::decode).thenApply(e -> find(e, seq));
            })
        .thenApply(found -> found.map(g -> withRelease(g, seq)));
  }

  private synchronized Optional<Granted> recent(long seq) {
    return Optional.ofNullable(grants.get(seq));
  }

  private synchronized Granted withRelease(Granted grant, long seq) {
    ContainmentState.Grant active = known.active().get(grant.event().caseId());
    return new Granted(grant.event(), grant.before(), active == null || active.seq() != seq);
  }

  private Optional<Granted> find(List<LoggedEvent> events, long seq) {
    ContainmentState state = ContainmentState.EMPTY;
    for (LoggedEvent logged : events) {
      ContainmentEvent event = CaseLog.meaning(logged, ContainmentEvent.class);
      if (logged.seq() == seq && event instanceof ContainmentEvent.ContainmentGranted granted) {
        return Optional.of(new Granted(granted, state, false));
      }
      state = rules.apply(state, event);
    }
    return Optional.empty();
  }

  private synchronized ContainmentState latest() {
    return known;
  }

  /** Two looks at once read the same events: what one has learned the other passes over. */
  private synchronized void learn(List<LoggedEvent> events) {
    for (LoggedEvent event : events) {
      if (event.seq() == known.seq() + 1) {
        ContainmentEvent meaning = CaseLog.meaning(event, ContainmentEvent.class);
        if (meaning instanceof ContainmentEvent.ContainmentGranted granted) {
          grants.put(event.seq(), new Granted(granted, known, false));
          if (grants.size() > MAX_GRANTS) {
            grants.remove(grants.keySet().iterator().next());
          }
        }
        known = rules.apply(known, meaning);
      }
    }
  }
}
