package witan.actors.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.planning.ResponsePlanning;
import witan.actors.planning.VoteWaits;
import witan.actors.spi.Driver;
import witan.actors.spi.Entities;
import witan.actors.spi.Failures;
import witan.actors.waiting.WaitBook;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.NextWork;
import witan.domain.proposal.Voting;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Waiting;
import witan.domain.waiting.Who;

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
  private final WaitBook waits;

  /** Those that have no vote yet, here: what is told of others comes too late. */
  private final Set<CaseId> observed = ConcurrentHashMap.newKeySet();

  /**
   * One per node.
   *
   * @param executors wakes the executor of a case; must not block
   * @param waits where it is said why a case has no vote yet
   */
  public CaseDriver(
      ResponsePlanning planning,
      Entities entities,
      Consumer<CaseId> executors,
      DriverSettings settings,
      WaitBook waits) {
    this.planning = planning;
    this.entities = entities;
    this.executors = executors;
    this.settings = settings;
    this.waits = waits;
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
      observed.add(caseId);
      once(caseId, () -> plan(caseId, logged, now));
      return Optional.of(again(caseId));
    }
    forget(caseId);
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

  /** Where a person has to do something first, less often. */
  private Duration again(CaseId caseId) {
    Set<WaitCode> codes =
        waits.of(caseId).stream().map(Waiting::code).collect(Collectors.toUnmodifiableSet());
    if (codes.contains(WaitCode.NO_COUNCIL)) {
      return settings.noCouncil();
    }
    return codes.contains(WaitCode.PROPOSAL_MISSING) ? settings.proposalLook() : settings.retry();
  }

  private CompletionStage<Void> plan(CaseId caseId, CaseState logged, Instant now) {
    return planning
        .plan(caseId, logged)
        .whenComplete(
            (planned, failure) -> {
              if (observed.contains(caseId)) {
                waits.say(
                    caseId, failure == null ? planned.reasons() : List.of(failed(failure)), now);
              }
            })
        .thenAccept(planned -> {});
  }

  private void forget(CaseId caseId) {
    observed.remove(caseId);
    waits.forget(caseId);
  }

  private static Reason failed(Throwable failure) {
    Throwable cause = Failures.cause(failure);
    return cause instanceof VoteWaits waits
        ? waits.why()
        : new Reason(
            WaitCode.PLANNING_FAILED, "the vote cannot be prepared: " + cause, Who.OPERATOR);
  }

  @Override
  public List<Waiting> waits(String entityId) {
    return waits.of(new CaseId(entityId));
  }

  @Override
  public void stopped(String entityId) {
    forget(new CaseId(entityId));
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
