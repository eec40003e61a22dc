package witan.domain.playbook;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The actions of commands of type {@code k8s-action}; each names its parameters and their types.
 */
public enum K8sAction {
  /** Puts one label on each target. */
  QUARANTINE_LABEL("quarantine-label"),
  /**
   * Applies two NetworkPolicies in each target's namespace, {@code <name>-ingress} and {@code
   * <name>-egress}, that select that label and allow nothing.
   */
  DENY_ALL_NETWORK_POLICY("deny-all-network-policy");

  private static final Map<String, ParameterType> LABEL =
      Map.of("label", ParameterType.LABEL, "value", ParameterType.VALUE);
  private static final Map<String, ParameterType> LABEL_AND_NAME =
      Map.of(
          "label", ParameterType.LABEL,
          "value", ParameterType.VALUE,
          "name", ParameterType.NAME);

  private final String command;

  K8sAction(String command) {
    this.command = command;
  }

  /** As the playbook names it. */
  public String command() {
    return command;
  }

  /** All of them are required, and there are no others. */
  public Map<String, ParameterType> parameters() {
    return this == QUARANTINE_LABEL ? LABEL : LABEL_AND_NAME;
  }

  public static Optional<K8sAction> of(String command) {
    return Arrays.stream(values()).filter(a -> a.command.equals(command)).findFirst();
  }
}
