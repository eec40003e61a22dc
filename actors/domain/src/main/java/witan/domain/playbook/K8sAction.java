package witan.domain.playbook;

import static witan.domain.playbook.ParameterType.CIDRS;
import static witan.domain.playbook.ParameterType.DATA_KEY;
import static witan.domain.playbook.ParameterType.LABEL;
import static witan.domain.playbook.ParameterType.NAME;
import static witan.domain.playbook.ParameterType.OPTIONAL_NAMESPACE;
import static witan.domain.playbook.ParameterType.REVISION;
import static witan.domain.playbook.ParameterType.SUBJECT;
import static witan.domain.playbook.ParameterType.SUBJECT_KIND;
import static witan.domain.playbook.ParameterType.TEXT;
import static witan.domain.playbook.ParameterType.VALUE;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The actions of commands of type {@code k8s-action}: what each is for, its parameters, and what
 * takes it back. Never free shell.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets and maps are Set.of and Map.of
public enum K8sAction {
  /** Puts one label on each pod. */
  QUARANTINE_LABEL("quarantine-label", "release-label", Kinds.POD, Parameters.LABEL_VALUE),
  /**
   * Makes two NetworkPolicies in each target's namespace, {@code <name>-ingress} and {@code
   * <name>-egress}, that select that label and allow nothing.
   */
  DENY_ALL_NETWORK_POLICY(
      "deny-all-network-policy",
      "remove-network-policy",
      Kinds.POD,
      Map.of("label", LABEL, "value", VALUE, "name", NAME)),
  /**
   * A NetworkPolicy for every pod of the target's namespace, that allows all egress but those
   * networks. Policies add up: where another one allows a network, this one blocks nothing.
   */
  BLOCK_EGRESS_CIDRS(
      "block-egress-cidrs", "unblock-egress-cidrs", Kinds.IN_NAMESPACE, Parameters.BLOCK),
  /** The same for ingress. */
  BLOCK_INGRESS_CIDRS(
      "block-ingress-cidrs", "unblock-ingress-cidrs", Kinds.IN_NAMESPACE, Parameters.BLOCK),
  SCALE_TO_ZERO("scale-to-zero", "restore-scale", Kinds.SCALABLE, Map.of()),
  /** The pod of that UID and no other; an owner may make a new one. */
  DELETE_POD("delete-pod", "", Kinds.POD, Map.of()),
  /** As {@link #DELETE_POD}, within the disruption budgets. */
  EVICT_POD("evict-pod", "", Kinds.POD, Map.of()),
  CORDON_NODE("cordon-node", "uncordon-node", Set.of("Node"), Map.of()),
  /** Cordons, then evicts all but DaemonSets' and static pods; evictions are not taken back. */
  DRAIN_NODE("drain-node", "end-drain", Set.of("Node"), Map.of()),
  /** To the pod template of an earlier revision. */
  ROLL_BACK_DEPLOYMENT(
      "roll-back-deployment",
      "roll-forward-deployment",
      Set.of("Deployment"),
      Map.of("revision", REVISION)),
  /** Deletes the account and makes it anew: tokens are bound to its UID. */
  REVOKE_TOKENS("revoke-tokens", "", Set.of("ServiceAccount"), Map.of()),
  REMOVE_SUBJECT(
      "remove-subject",
      "restore-subject",
      Set.of("RoleBinding", "ClusterRoleBinding"),
      Map.of(
          "subject-kind", SUBJECT_KIND,
          "subject", SUBJECT,
          "subject-namespace", OPTIONAL_NAMESPACE)),
  /** A new random value of 32 bytes, base64url; the old one stays in an annotation. */
  ROTATE_SECRET("rotate-secret", "restore-secret", Set.of("Secret"), Map.of("key", DATA_KEY)),
  SET_LABEL("set-label", "restore-label", Kinds.ANY, Parameters.LABEL_VALUE),
  SET_ANNOTATION(
      "set-annotation",
      "restore-annotation",
      Kinds.ANY,
      Map.of("annotation", LABEL, "value", TEXT)),
  SUSPEND_CRON_JOB("suspend-cron-job", "resume-cron-job", Set.of("CronJob"), Map.of());

  /** Pin: the UID of the object. */
  public static final String PIN_UID = "pin.uid";

  /** Pin: what a ServiceAccount that is made anew had, canonical JSON. */
  public static final String PIN_ACCOUNT = "pin.account";

  private final String command;
  private final String inverse;
  private final Set<String> kinds;
  private final Map<String, ParameterType> parameters;

  K8sAction(
      String command, String inverse, Set<String> kinds, Map<String, ParameterType> parameters) {
    this.command = command;
    this.inverse = inverse;
    this.kinds = kinds;
    this.parameters = parameters;
  }

  /** As the playbook names it. */
  public String command() {
    return command;
  }

  /** What takes it back; empty where nothing does. Not a command of playbooks. */
  public Optional<String> inverse() {
    return inverse.isEmpty() ? Optional.empty() : Optional.of(inverse);
  }

  /** Those that are not {@link ParameterType#optional()} are required; there are no others. */
  public Map<String, ParameterType> parameters() {
    return parameters;
  }

  /**
   * Parameters of the intent that no playbook can know: they are read once, before the intent, and
   * the request fails where the object is no longer the one that was read.
   */
  public Set<String> pins() {
    return switch (this) {
      case DELETE_POD, EVICT_POD -> Set.of(PIN_UID);
      case REVOKE_TOKENS -> Set.of(PIN_UID, PIN_ACCOUNT);
      default -> Set.of();
    };
  }

  /** Kubernetes kinds of targets. */
  public Set<String> kinds() {
    return kinds;
  }

  public static Optional<K8sAction> of(String command) {
    return Arrays.stream(values()).filter(a -> a.command.equals(command)).findFirst();
  }

  /** The action that the command takes back. */
  public static Optional<K8sAction> inverseOf(String command) {
    return Arrays.stream(values())
        .filter(a -> !command.isEmpty() && a.inverse.equals(command))
        .findFirst();
  }

  private static final class Kinds {
    static final Set<String> POD = Set.of("Pod");
    static final Set<String> SCALABLE = Set.of("Deployment", "StatefulSet", "ReplicaSet");
    static final Set<String> IN_NAMESPACE =
        Set.of("Namespace", "Pod", "Deployment", "StatefulSet", "ReplicaSet", "ServiceAccount");
    static final Set<String> ANY =
        Set.of(
            "Pod",
            "Deployment",
            "StatefulSet",
            "ReplicaSet",
            "ServiceAccount",
            "CronJob",
            "Namespace",
            "Node");
  }

  private static final class Parameters {
    static final Map<String, ParameterType> LABEL_VALUE = Map.of("label", LABEL, "value", VALUE);
    static final Map<String, ParameterType> BLOCK = Map.of("name", NAME, "cidrs", CIDRS);
  }
}
