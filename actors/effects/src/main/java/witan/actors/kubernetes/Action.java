package witan.actors.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.domain.execution.Order;
import witan.domain.playbook.K8sAction;

/** One kind of effect, or of taking one back. Pure. */
interface Action {
  /** What must be read before it is known which objects change. */
  default List<KubernetesRequest> lookups(Order order) {
    return List.of();
  }

  /** In the order in which they are made; {@code found} are the answers to the lookups. */
  List<Change> changes(Order order, List<Reply> found);

  /** How many pods are touched at most. */
  default long pods(Order order, List<Reply> found) {
    return order.target().kind().equals("Pod") ? 1 : 0;
  }

  /** What is wrong with the parameters beyond their types. */
  default Optional<String> refuse(Order order) {
    return Optional.empty();
  }

  /** What the intent must hold on to, so that a repeat after a crash acts on the same object. */
  default Optional<KubernetesRequest> pinRead(Order order) {
    return Optional.empty();
  }

  default Map<String, String> pins(Reply read) {
    return Map.of();
  }

  static Optional<Action> of(String command) {
    return K8sAction.of(command)
        .map(Actions::forward)
        .or(() -> K8sAction.inverseOf(command).map(Actions::inverse));
  }
}
