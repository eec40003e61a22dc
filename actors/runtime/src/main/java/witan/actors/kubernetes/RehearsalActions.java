package witan.actors.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Renders the requests of every action and sends none: what runs where no cluster is configured. It
 * never answers {@link ActionResult.Done}.
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
  public boolean knows(String action) {
    return ActionRequests.ACTIONS.contains(action);
  }

  @Override
  public boolean fences(String action) {
    return true;
  }

  @Override
  public ActionResult perform(ActionOrder order) {
    Optional<String> refusal = guardrails.refuse(order, true);
    if (refusal.isPresent()) {
      return new ActionResult.Failed("rehearsed: would be refused: " + refusal.get(), "[]");
    }
    List<KubernetesRequest> requests =
        ActionRequests.effects(order).stream()
            .flatMap(
                e ->
                    Stream.of(e.read(), e.write(ActionRequests.Observed.PLACEHOLDER), e.readBack()))
            .toList();
    return new ActionResult.Rehearsed(
        "rehearsed: " + requests.size() + " requests rendered, none sent",
        RequestJson.of(requests));
  }

  @Override
  public ActionResult reconcile(ActionOrder order) {
    return perform(order);
  }
}
