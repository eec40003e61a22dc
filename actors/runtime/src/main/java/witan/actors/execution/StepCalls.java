package witan.actors.execution;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import witan.actors.kubernetes.ActionOrder;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.ClusterActions;
import witan.domain.proposal.CaseEvent;

/** The blocking calls of a step, in the lane of its target. No stage fails but by a defect. */
record StepCalls(ClusterActions actions, Lanes lanes, Executor threads, InstantSource clock) {

  CompletionStage<Map<String, String>> prepare(ActionOrder order) {
    return CompletableFuture.supplyAsync(() -> actions.prepare(order), lanes.of(order, threads));
  }

  /** Does nothing where its turn comes after the step's deadline only. */
  CompletionStage<ActionResult> perform(CaseEvent.StepIntended intent, ActionOrder order) {
    return CompletableFuture.supplyAsync(
        () ->
            clock.instant().isBefore(intent.deadline())
                ? actions.perform(order)
                : new ActionResult.Retry(
                    "no turn before the deadline", "[]", Optional.empty(), false),
        lanes.of(order, threads));
  }

  CompletionStage<ActionResult> reconcile(ActionOrder order) {
    return CompletableFuture.supplyAsync(() -> actions.reconcile(order), lanes.of(order, threads));
  }
}
