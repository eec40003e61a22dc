package witan.actors.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.planning.ResponsePlanning;
import witan.actors.spi.Driver;
import witan.actors.spi.Entities;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.NextWork;
import witan.domain.proposal.Voting;

/**
 * Turns {@link NextWork} into work: opens votes, ends them, wakes executors. At most one activity
 * per case is under way on this node; what it would do twice elsewhere is idempotent. Thread-safe.
 */
public final class CaseDriver implements Driver<CaseState> {
  private static final Logger LOG = LoggerFactory.getLogger(CaseDriver.class);

  private final ResponsePlanning planning;
  private final Entities entities;
  private final Consumer<CaseId> executors;
  private final DriverSettings settings;
  private final Set<CaseId> underWay = ConcurrentHashMap.newKeySet();
  private final Set<CaseId> withoutCouncil = ConcurrentHashMap.newKeySet();

  /**
   * One per node.
   *
   * @param executors wakes the executor of a case; must not block
   */
  public CaseDriver(
      ResponsePlanning planning,
      Entities entities,
      Consumer<CaseId> executors,
      DriverSettings settings) {
    this.planning = planning;
    this.entities = entities;
    this.executors = executors;
    this.settings = settings;
  }

  @Override
  public Optional<Duration> drive(String entityId, CaseState logged, Instant now) {
    CaseId caseId = logged.caseId();
    if (caseId == null) {
      return Optional.empty();
    }
    Optional<Duration> next = drive(caseId, logged, now);
    if (!NextWork.containment(logged)) {
      return next;
    }
    executors.accept(caseId);
    return Optional.of(next.map(own -> earlier(own, soon(logged, now))).orElse(soon(logged, now)));
  }

  /** When its effects are to be taken back, and at the latest when the kill switch is looked at. */
  private Duration soon(CaseState logged, Instant now) {
    Containment containment = logged.precautions().containment();
    Voting voting = logged.voting();
    if (containment == null || voting == null) {
      return settings.wake();
    }
    Duration left = Duration.between(now, containment.expiresAt(voting)).plusMillis(1);
    return left.isNegative() ? settings.wake() : earlier(left, settings.wake());
  }

  private static Duration earlier(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private Optional<Duration> drive(CaseId caseId, CaseState logged, Instant now) {
    NextWork work = NextWork.of(logged, now);
    if (work instanceof NextWork.PlanResponse) {
      once(caseId, () -> planning.plan(caseId, logged).thenAccept(p -> planned(caseId, p)));
      boolean waits = withoutCouncil.contains(caseId);
      return Optional.of(waits ? settings.noCouncil() : settings.retry());
    }
    withoutCouncil.remove(caseId);
    if (work instanceof NextWork.AwaitDeadline await) {
      if (!await.due()) {
        Duration left = Duration.between(now, await.deadline());
        return Optional.of(left.plusMillis(1));
      }
      once(
          caseId,
          () ->
              entities
                  .toCase(caseId, new CaseCommand.CheckDeadline())
                  .thenAccept(answer -> ended(caseId, answer)));
      return Optional.of(settings.retry());
    }
    if (work instanceof NextWork.Execute) {
      executors.accept(caseId);
      return Optional.of(settings.wake());
    }
    return Optional.empty();
  }

  private void planned(CaseId caseId, ResponsePlanning.Planned planned) {
    if (planned == ResponsePlanning.Planned.NO_COUNCIL) {
      withoutCouncil.add(caseId);
    } else {
      withoutCouncil.remove(caseId);
    }
  }

  private static void ended(CaseId caseId, Answer<Receipt> answer) {
    if (answer instanceof Answer.Declined<Receipt> declined) {
      // Clocks differ between nodes: too_early is asked again.
      LOG.info("case {}: {}", caseId, declined.refusal());
    }
  }

  private void once(CaseId caseId, Supplier<CompletionStage<Void>> activity) {
    if (!underWay.add(caseId)) {
      return;
    }
    CompletionStage<Void> started;
    try {
      started = activity.get();
    } catch (RuntimeException e) {
      underWay.remove(caseId);
      LOG.warn("case {}: will be tried again", caseId, e);
      return;
    }
    started.whenComplete(
        (done, failure) -> {
          underWay.remove(caseId);
          if (failure != null) {
            LOG.warn("case {}: will be tried again", caseId, failure);
          }
        });
  }
}
