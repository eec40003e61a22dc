package witan.actors.kubernetes;

/**
 * The effects that a playbook may have on a cluster. Both methods block and so run on the execution
 * dispatcher; both may be called again for the same order, on another node, at any time.
 */
public interface ClusterActions {

  /** As logged with the start of an execution: {@code kubernetes} or {@code rehearsal}. */
  String adapter();

  /** Whether the action is known here at all. */
  boolean knows(String action);

  /**
   * Whether a repeat of the action with the same fence is harmless. Where it is not, an intent
   * without an observation becomes UNKNOWN and asks a person.
   */
  boolean fences(String action);

  /** Brings about the effect, or finds that it is there already. Never throws. */
  ActionResult perform(ActionOrder order);

  /** Reads whether the effect of an earlier attempt is there; changes nothing. Never throws. */
  ActionResult reconcile(ActionOrder order);
}
