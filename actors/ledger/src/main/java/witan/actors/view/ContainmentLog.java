package witan.actors.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.PidLog;
import witan.codec.event.Family;
import witan.domain.api.LoggedEvent;
import witan.domain.containment.ContainmentAggregate;
import witan.domain.containment.ContainmentEvent;
import witan.domain.containment.ContainmentState;

/**
 * A council's containments as logged, but for what is not believed; each look reads only what is
 * new. Thread-safe.
 */
public final class ContainmentLog {
  private static final Logger LOG = LoggerFactory.getLogger(ContainmentLog.class);
  private static final int MAX_GRANTS = 1_000;

  /** Which switchings on are believed. */
  @FunctionalInterface
  public interface Belief {
    /** Every one: the entity that logged it has been asked. */
    Belief ALL = (logged, event, off) -> Optional.empty();

    /**
     * Why that one is not; empty where it is.
     *
     * @param off index in the log of the last switching off; -1 for none
     */
    Optional<String> problem(
        LoggedEvent logged, ContainmentEvent.ContainmentSwitched event, long off);
  }

  /**
   * How things stand.
   *
   * @param off index in the log of the last switching off; -1 for none
   */
  public record Standing(ContainmentState state, long off) {}

  private static final Standing NONE = new Standing(ContainmentState.EMPTY, -1);

  private final PidLog log;
  private final EntryDecoder decoder;
  private final ContainmentAggregate rules = new ContainmentAggregate();
  private final String pid;
  private final Supplier<CompletionStage<Belief>> belief;
  private final LoggedFold<Standing> fold;

  /** The last ones, by number; older ones are read again. */
  private final Map<Long, Granted> grants = new LinkedHashMap<>();

  /**
   * A council's.
   *
   * @param belief by what is known when it is asked for, after the entries that it judges were read
   */
  public ContainmentLog(
      PidLog log,
      EntryDecoder decoder,
      String councilId,
      Supplier<CompletionStage<Belief>> belief) {
    this.belief = belief;
    this.log = log;
    this.decoder = decoder;
    this.pid = Family.CONTAINMENT.pid(councilId);
    this.fold =
        new LoggedFold<>(
            log,
            decoder,
            pid,
            NONE,
            standing -> standing.state().seq(),
            events -> judged(events).thenApply(by -> (state, event) -> learn(state, event, by)));
  }

  /** With everything that was logged when this was asked. */
  public CompletionStage<ContainmentState> current() {
    return standing().thenApply(Standing::state);
  }

  /** The same, with where in the log it was switched off. */
  public CompletionStage<Standing> standing() {
    return fold.current();
  }

  /** Nobody is asked where nothing is to be judged. */
  private CompletionStage<Belief> judged(List<LoggedEvent> events) {
    return events.stream()
            .anyMatch(e -> e.event() instanceof ContainmentEvent.ContainmentSwitched s && s.on())
        ? belief.get()
        : CompletableFuture.completedFuture(Belief.ALL);
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
                  : log.allOfPid(pid, 1)
                      .thenCompose(decoder::decode)
                      .thenCompose(events -> judged(events).thenApply(by -> find(events, by, seq)));
            })
        .thenApply(found -> found.map(g -> withRelease(g, seq)));
  }

  private synchronized Optional<Granted> recent(long seq) {
    return Optional.ofNullable(grants.get(seq));
  }

  private Granted withRelease(Granted grant, long seq) {
    ContainmentState.Grant active = fold.known().state().active().get(grant.event().caseId());
    return new Granted(grant.event(), grant.before(), active == null || active.seq() != seq);
  }

  private Optional<Granted> find(List<LoggedEvent> events, Belief by, long seq) {
    Standing before = NONE;
    for (LoggedEvent logged : events) {
      ContainmentEvent event = CaseLog.meaning(logged, ContainmentEvent.class);
      if (logged.seq() == seq && event instanceof ContainmentEvent.ContainmentGranted granted) {
        return Optional.of(new Granted(granted, before.state(), false));
      }
      before = next(before, logged, event, by);
    }
    return Optional.empty();
  }

  private Standing learn(Standing before, LoggedEvent logged, Belief by) {
    ContainmentEvent event = CaseLog.meaning(logged, ContainmentEvent.class);
    if (event instanceof ContainmentEvent.ContainmentGranted granted) {
      remember(logged.seq(), new Granted(granted, before.state(), false));
    }
    return next(before, logged, event, by);
  }

  private synchronized void remember(long seq, Granted grant) {
    grants.put(seq, grant);
    if (grants.size() > MAX_GRANTS) {
      grants.remove(grants.keySet().iterator().next());
    }
  }

  private Standing next(Standing before, LoggedEvent logged, ContainmentEvent event, Belief by) {
    if (event instanceof ContainmentEvent.ContainmentSwitched e) {
      Optional<String> problem = e.on() ? by.problem(logged, e, before.off()) : Optional.empty();
      if (problem.isPresent()) {
        LOG.error("ALARM, forged_switch: {} {}: {}", pid, logged.seq(), problem.get());
        return new Standing(before.state().disbelieving(event), before.off());
      }
      return new Standing(
          rules.apply(before.state(), event), e.on() ? before.off() : logged.index());
    }
    return new Standing(rules.apply(before.state(), event), before.off());
  }
}
