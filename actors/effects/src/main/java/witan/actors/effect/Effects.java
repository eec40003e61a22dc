package witan.actors.effect;

import java.util.Map;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.kubernetes.DryRun;
import witan.domain.execution.Order;
import witan.domain.playbook.PlaybookStep;

/** Gives every order to whom it is for. Where clusters are rehearsed, everything is. */
public final class Effects implements ClusterActions {
  private final ClusterActions clusters;
  private final Map<String, ClusterActions> others;

  public Effects(ClusterActions clusters, HttpEffectSettings http) {
    this.clusters = clusters;
    boolean rehearsal = clusters.adapter().equals("rehearsal");
    this.others =
        Map.of(
            PlaybookStep.HTTP, new HttpEffects(http, rehearsal),
            PlaybookStep.MANUAL, new ManualEffects(rehearsal));
  }

  private ClusterActions of(Order order) {
    return others.getOrDefault(order.action(), clusters);
  }

  @Override
  public String adapter() {
    return clusters.adapter();
  }

  @Override
  public boolean fences(Order order) {
    return of(order).fences(order);
  }

  @Override
  public Map<String, String> prepare(Order order) {
    return of(order).prepare(order);
  }

  @Override
  public DryRun dryRun(Order order) {
    return of(order).dryRun(order);
  }

  @Override
  public ActionResult perform(Order order) {
    return of(order).perform(order);
  }

  @Override
  public ActionResult reconcile(Order order) {
    return of(order).reconcile(order);
  }
}
