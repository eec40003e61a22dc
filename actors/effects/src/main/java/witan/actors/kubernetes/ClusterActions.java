package witan.actors.kubernetes;

import java.util.Map;
import witan.domain.execution.Order;

/**
 * The effects that a playbook may have outside. All methods but {@link #adapter()} and {@link
 * #fences} block and so run on the execution dispatcher; all may be called again for the same
 * order, on another node, at any time. None throws.
 */
public interface ClusterActions {

  /** As logged with the start of an execution: {@code kubernetes} or {@code rehearsal}. */
  String adapter();

  /**
   * Whether a repeat of the order with the same fence is harmless. Where it is not, an intent
   * without an observation becomes UNKNOWN and asks a person.
   */
  default boolean fences(Order order) {
    return true;
  }

  /**
   * What the intent must hold on to beyond the playbook's parameters, under the names of {@link
   * Order#pins}; changes nothing. Empty where nothing is needed or nothing was found.
   */
  default Map<String, String> prepare(Order order) {
    return Map.of();
  }

  /** What the order would do, checked by the server and not carried out. */
  DryRun dryRun(Order order);

  /** Brings about the effect, or finds that it is there already. */
  ActionResult perform(Order order);

  /** Reads whether the effect of an earlier attempt is there; changes nothing. */
  ActionResult reconcile(Order order);
}
