package witan.actors.effect;

import java.util.List;
import java.util.Map;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.kubernetes.DryRun;
import witan.domain.execution.Order;

/**
 * Commands of type {@code manual}: nothing is done here; the step is observed when an operator
 * confirms it, or fails at its deadline.
 */
public final class ManualEffects implements ClusterActions {
  private final boolean rehearsal;

  public ManualEffects(boolean rehearsal) {
    this.rehearsal = rehearsal;
  }

  @Override
  public String adapter() {
    return rehearsal ? "rehearsal" : "manual";
  }

  @Override
  public DryRun dryRun(Order order) {
    return new DryRun(true, true, "a person is asked", 0, List.of(), List.of(), Map.of(), "[]");
  }

  @Override
  public ActionResult perform(Order order) {
    return rehearsal
        ? new ActionResult.Rehearsed("rehearsed: nobody was asked", "[]")
        : new ActionResult.Waiting("a person is asked", "[]");
  }

  @Override
  public ActionResult reconcile(Order order) {
    return new ActionResult.NotApplied("nobody has confirmed it in time", "[]");
  }
}
