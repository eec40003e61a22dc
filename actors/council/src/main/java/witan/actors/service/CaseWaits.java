package witan.actors.service;

import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import witan.actors.entity.LoggedEntity;
import witan.actors.entity.ShardedEntities;
import witan.actors.waiting.WaitsTold;
import witan.codec.event.Family;
import witan.domain.api.LoggedCase;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseState;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Waiting;
import witan.domain.waiting.Waits;
import witan.domain.waiting.Who;

/**
 * Why a case waits: what its state tells, and what those say who plan and execute it, wherever they
 * are. A silent one is a reason of its own, and no error. Thread-safe.
 */
public final class CaseWaits {
  /** A reader must not wait long for a node that is away. */
  private static final Duration LIMIT = Duration.ofMillis(800);

  private final Function<CaseId, CompletionStage<WaitsTold>> planners;
  private final Function<CaseId, CompletionStage<WaitsTold>> executors;
  private final BooleanSupplier anyExecutor;
  private final InstantSource clock;

  /**
   * One per node.
   *
   * @param planners asks who plans a case; may fail
   * @param executors asks who executes it; may fail
   * @param anyExecutor whether a node of the cluster may execute
   */
  CaseWaits(
      Function<CaseId, CompletionStage<WaitsTold>> planners,
      Function<CaseId, CompletionStage<WaitsTold>> executors,
      BooleanSupplier anyExecutor,
      InstantSource clock) {
    this.planners = planners;
    this.executors = executors;
    this.anyExecutor = anyExecutor;
    this.clock = clock;
  }

  /**
   * Asks the nodes on which a case is planned and executed.
   *
   * @param executors asks who executes a case, within that limit; may fail
   */
  public static CaseWaits sharded(
      ClusterSharding sharding,
      BiFunction<CaseId, Duration, CompletionStage<WaitsTold>> executors,
      BooleanSupplier anyExecutor,
      InstantSource clock) {
    return new CaseWaits(
        caseId ->
            sharding
                .entityRefFor(ShardedEntities.key(Family.CASE), caseId.value())
                .ask(LoggedEntity.AskWaits::new, LIMIT),
        caseId -> executors.apply(caseId, LIMIT),
        anyExecutor,
        clock);
  }

  /** The most important first; empty where the case is over. Never fails. */
  CompletionStage<List<Waiting>> of(LoggedCase logged) {
    CaseState state = logged.state();
    if (logged.events().isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    Instant now = clock.instant();
    Instant movedAt = logged.events().get(logged.events().size() - 1).at();
    List<Waiting> known = Waits.of(state, movedAt, now);
    CaseId caseId = Objects.requireNonNull(state.caseId());
    if (Waits.planned(state, now)) {
      return with(known, planners.apply(caseId), now, PLANNER_SILENT);
    }
    if (!Waits.executed(state, now)) {
      return CompletableFuture.completedFuture(known);
    }
    return anyExecutor.getAsBoolean()
        ? with(known, executors.apply(caseId), now, EXECUTOR_SILENT)
        : CompletableFuture.completedFuture(
            Waiting.ordered(known, List.of(NO_EXECUTOR.since(movedAt))));
  }

  private static CompletionStage<List<Waiting>> with(
      List<Waiting> known, CompletionStage<WaitsTold> asked, Instant now, Reason silent) {
    return asked
        .handle(
            (told, failure) ->
                failure == null && told != null ? told.waits() : List.of(silent.since(now)))
        .thenApply(told -> Waiting.ordered(told, known));
  }

  private static final Reason PLANNER_SILENT =
      new Reason(
          WaitCode.PLANNER_SILENT,
          "The node on which the case lives has not said why it waits.",
          Who.COUNCIL);

  private static final Reason EXECUTOR_SILENT =
      new Reason(
          WaitCode.EXECUTOR_SILENT,
          "The node that executes the case has not said why it waits.",
          Who.EXECUTOR);

  private static final Reason NO_EXECUTOR =
      new Reason(
          WaitCode.NO_EXECUTOR, "No node of the cluster has the role executor.", Who.OPERATOR);
}
