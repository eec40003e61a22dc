package witan.actors.kubernetes;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.domain.execution.Order;
import witan.domain.execution.RequestTable;

/**
 * Acts on real clusters through the official client's connection handling, with requests that
 * {@link Action}s render.
 *
 * <p>Each attempt reads, writes with preconditions, and reads back: only what was read back with
 * our fence counts as done. A lost answer is never taken for a failure.
 */
public final class KubernetesActions implements ClusterActions {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesActions.class);

  private final Guardrails guardrails;
  private final Map<String, ClusterConnection> connections;

  /**
   * Opens no connection yet; throws {@link IllegalArgumentException} on an unreadable kubeconfig.
   */
  public static KubernetesActions connect(KubernetesSettings settings) {
    Map<String, ClusterConnection> connections = new TreeMap<>();
    settings
        .clusters()
        .forEach(
            (name, c) -> {
              connections.put(name, ClusterConnection.open(name, c, settings));
              if (c.allowed().nothing()) {
                LOG.warn("nothing is allowed in cluster {}: name actions and kinds there", name);
              }
            });
    return new KubernetesActions(settings, connections);
  }

  KubernetesActions(KubernetesSettings settings, Map<String, ClusterConnection> connections) {
    this.guardrails = new Guardrails(settings);
    this.connections = Map.copyOf(connections);
  }

  @Override
  public String adapter() {
    return "kubernetes";
  }

  @Override
  public Map<String, String> prepare(Order order) {
    Optional<Action> action = Action.of(order.action());
    ClusterConnection connection = connections.get(order.target().cluster());
    if (guardrails.refuse(order, false).isPresent() || connection == null || action.isEmpty()) {
      return Map.of();
    }
    return action
        .get()
        .pinRead(order)
        .filter(read -> RequestTable.allows(order, read.request()))
        .map(read -> action.get().pins(connection.send(read)))
        .orElse(Map.of());
  }

  @Override
  public DryRun dryRun(Order order) {
    return attempt(order, Attempt::dryRun, DryRun::refused);
  }

  @Override
  public ActionResult perform(Order order) {
    return attempt(order, Attempt::perform, KubernetesActions::failed);
  }

  @Override
  public ActionResult reconcile(Order order) {
    return attempt(order, Attempt::reconcile, KubernetesActions::failed);
  }

  private static ActionResult failed(String why) {
    return new ActionResult.Failed(why, "[]");
  }

  private <T> T attempt(Order order, Function<Attempt, T> move, Function<String, T> refused) {
    Optional<String> refusal = guardrails.refuse(order, false);
    Optional<Action> action = Action.of(order.action());
    ClusterConnection connection = connections.get(order.target().cluster());
    if (refusal.isPresent() || connection == null || action.isEmpty()) {
      return refused.apply(refusal.orElse("cluster is not connected"));
    }
    return move.apply(new Attempt(action.get(), order, connection, guardrails));
  }
}
