package witan.actors.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.domain.execution.Order;

/**
 * Renders the requests of every action and sends none: what runs where no cluster is configured. It
 * never answers {@link ActionResult.Done}. What only lookups could tell (the pods of a node) is not
 * there.
 */
public final class RehearsalActions implements ClusterActions {
  private final Guardrails guardrails;

  public RehearsalActions(KubernetesSettings settings) {
    this.guardrails = new Guardrails(settings);
  }

  @Override
  public String adapter() {
    return "rehearsal";
  }

  @Override
  public DryRun dryRun(Order order) {
    Optional<String> refusal = guardrails.refuse(order, true);
    if (refusal.isPresent()) {
      return DryRun.refused("rehearsed: would be refused: " + refusal.get());
    }
    List<DryRun.Touched> objects =
        changes(order).stream().map(change -> DryRun.Touched.unread(change.path())).toList();
    return new DryRun(
        true,
        true,
        "rehearsed: no cluster was asked" + inEarnest(order),
        order.target().kind().equals("Pod") ? 1 : 0,
        objects,
        List.of(),
        Map.of(),
        RequestJson.of(List.of()));
  }

  @Override
  public ActionResult perform(Order order) {
    Optional<String> refusal = guardrails.refuse(order, true);
    if (refusal.isPresent()) {
      return new ActionResult.Failed("rehearsed: would be refused: " + refusal.get(), "[]");
    }
    List<KubernetesRequest> requests =
        new ArrayList<>(Action.of(order.action()).orElseThrow().lookups(order));
    for (Change change : changes(order)) {
      requests.add(KubernetesRequest.get(change.path()));
      requests.add(change.write(change.assumed()));
      requests.add(KubernetesRequest.get(change.path()));
    }
    return new ActionResult.Rehearsed(
        "rehearsed: " + requests.size() + " requests rendered, none sent" + inEarnest(order),
        RequestJson.of(requests));
  }

  @Override
  public ActionResult reconcile(Order order) {
    return perform(order);
  }

  /** What guardrails would say to it where something is really done. */
  private String inEarnest(Order order) {
    List<String> missing = guardrails.missing(order);
    return missing.isEmpty()
        ? ""
        : "; in earnest it would be refused: " + String.join("; ", missing);
  }

  private static List<Change> changes(Order order) {
    Action action = Action.of(order.action()).orElseThrow();
    List<Reply> found = action.lookups(order).stream().map(lookup -> Reply.placeholder()).toList();
    return action.changes(withPins(action, order), found);
  }

  private static Order withPins(Action action, Order order) {
    if (action.pinRead(order).isEmpty()) {
      return order;
    }
    Map<String, String> parameters = new java.util.TreeMap<>(order.parameters());
    parameters.putAll(action.pins(Reply.placeholder()));
    return new Order(
        order.caseId(), order.step(), order.action(), order.target(), parameters, order.fence());
  }
}
