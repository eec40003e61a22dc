package witan.actors.effect;

import java.util.Map;
import java.util.Optional;
import witan.actors.feed.FeedException;
import witan.actors.feed.VerifiedFeed;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.kubernetes.DryRun;
import witan.domain.execution.Order;
import witan.domain.waiting.WaitCode;

/** No effect before the file holds what it rests on. */
public final class SecuredActions implements ClusterActions {
  private final ClusterActions actions;
  private final VerifiedFeed feed;

  public SecuredActions(ClusterActions actions, VerifiedFeed feed) {
    this.actions = actions;
    this.feed = feed;
  }

  @Override
  public String adapter() {
    return actions.adapter();
  }

  @Override
  public boolean fences(Order order) {
    return actions.fences(order);
  }

  @Override
  public Map<String, String> prepare(Order order) {
    return actions.prepare(order);
  }

  @Override
  public DryRun dryRun(Order order) {
    return actions.dryRun(order);
  }

  @Override
  public ActionResult perform(Order order) {
    try {
      feed.secure();
    } catch (FeedException e) {
      return new ActionResult.Retry(
          String.valueOf(e.getMessage()), "[]", Optional.empty(), false, WaitCode.LOG_NOT_BELIEVED);
    }
    return actions.perform(order);
  }

  @Override
  public ActionResult reconcile(Order order) {
    return actions.reconcile(order);
  }
}
