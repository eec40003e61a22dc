package witan.actors.execution;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.ClusterActions;
import witan.domain.execution.ChangePlan;
import witan.domain.execution.Order;
import witan.domain.proposal.Voting;
import witan.domain.waiting.WaitCode;

/**
 * The calls of a step, blocking ones in the lane of their target. No stage of a cluster's fails but
 * by a defect.
 */
record StepCalls(
    ClusterActions actions,
    RegistryEffects registry,
    Lanes lanes,
    Executor threads,
    InstantSource clock) {

  CompletionStage<Map<String, String>> prepare(Order order) {
    return change(order)
        ? CompletableFuture.completedFuture(Map.of())
        : CompletableFuture.supplyAsync(() -> actions.prepare(order), lanes.of(order, threads));
  }

  boolean fences(Order order) {
    return change(order) || actions.fences(order);
  }

  /**
   * Does nothing where its turn comes after the step's deadline only.
   *
   * @param voting what was decided, or is voted on
   */
  CompletionStage<ActionResult> perform(Order order, Instant deadline, Voting voting) {
    return change(order)
        ? registry.perform(order, voting)
        : CompletableFuture.supplyAsync(
            () ->
                clock.instant().isBefore(deadline)
                    ? actions.perform(order)
                    : new ActionResult.Retry(
                        "no turn before the deadline",
                        "[]",
                        Optional.empty(),
                        false,
                        WaitCode.LANE_BUSY),
            lanes.of(order, threads));
  }

  CompletionStage<ActionResult> reconcile(Order order) {
    return change(order)
        ? CompletableFuture.completedFuture(
            new ActionResult.Unknown("the registry's log says whether it was applied", "[]"))
        : CompletableFuture.supplyAsync(() -> actions.reconcile(order), lanes.of(order, threads));
  }

  /** Where the order's lane is full: whose it is. */
  Optional<String> full(Order order) {
    return change(order) ? Optional.empty() : lanes.full(order);
  }

  private static boolean change(Order order) {
    return order.action().equals(ChangePlan.ACTION);
  }
}
