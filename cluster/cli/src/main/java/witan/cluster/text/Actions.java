package witan.cluster.text;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.execution.ChangePlan;
import witan.domain.governance.Target;
import witan.domain.playbook.K8sAction;
import witan.domain.playbook.PlaybookStep;

/** What a step does, as one would tell it. */
public final class Actions {
  private Actions() {}

  /** Of a command of a playbook, or of one that takes such a command back. */
  public static String of(String command, Target target, Map<String, String> parameters) {
    K8sAction back = K8sAction.inverseOf(command).orElse(null);
    if (back != null) {
      return "take back: " + of(back.command(), target, parameters);
    }
    return switch (command) {
      case PlaybookStep.MANUAL ->
          "a person is asked: \"" + parameters.getOrDefault("text", "") + "\"";
      case PlaybookStep.HTTP ->
          "send %s %s to %s"
              .formatted(
                  parameters.getOrDefault("method", "a request"),
                  parameters.getOrDefault("path", ""),
                  target.name());
      case ChangePlan.ACTION -> "apply the change to the council";
      default -> K8sAction.of(command).map(a -> on(a, target, parameters)).orElse(command);
    };
  }

  private static String on(K8sAction action, Target target, Map<String, String> with) {
    String it = target(target);
    return switch (action) {
      case QUARANTINE_LABEL, SET_LABEL ->
          "put label %s=%s on %s".formatted(with.get("label"), with.get("value"), it);
      case DENY_ALL_NETWORK_POLICY ->
          "isolate " + it + " by network policy: no traffic in, none out";
      case BLOCK_EGRESS_CIDRS ->
          "block traffic to %s from all pods of namespace %s"
              .formatted(with.get("cidrs"), namespace(target));
      case BLOCK_INGRESS_CIDRS ->
          "block traffic from %s to all pods of namespace %s"
              .formatted(with.get("cidrs"), namespace(target));
      case SCALE_TO_ZERO -> "stop all pods of " + it;
      case DELETE_POD -> "delete " + it;
      case EVICT_POD -> "evict " + it + ", within its disruption budget";
      case CORDON_NODE -> "let no new pod run on " + it;
      case DRAIN_NODE -> "let no new pod run on " + it + ", and evict those that do";
      case ROLL_BACK_DEPLOYMENT -> "roll " + it + " back to revision " + with.get("revision");
      case REVOKE_TOKENS -> "revoke all tokens of " + it;
      case REMOVE_SUBJECT ->
          "take %s %s out of %s".formatted(with.get("subject-kind"), with.get("subject"), it);
      case ROTATE_SECRET -> "replace the value of %s in %s".formatted(with.get("key"), it);
      case SET_ANNOTATION ->
          "put annotation %s=%s on %s".formatted(with.get("annotation"), with.get("value"), it);
      case SUSPEND_CRON_JOB -> "suspend " + it;
    };
  }

  private static String namespace(Target target) {
    String name = target.namespace() == null ? target.name() : target.namespace();
    return name + " in " + target.cluster();
  }

  /** {@code pod shop/web-7 in aws-eu}. */
  public static String target(Target target) {
    return thing(target.kind(), target.cluster(), target.namespace(), target.name());
  }

  /** The same of anything that has a place. */
  public static String thing(
      String kind, @Nullable String cluster, @Nullable String namespace, String name) {
    String word = kind.equals("Pod") || kind.equals("POD") ? "pod" : kind;
    return (word + " " + (namespace == null ? "" : namespace + "/") + name).strip()
        + (cluster == null || cluster.isEmpty() ? "" : " in " + cluster);
  }

  /** {@code 1 pod}, {@code 2 pods}. */
  public static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }
}
