package witan.actors.kubernetes;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import witan.domain.playbook.K8sAction;

/** Which class does what. */
final class Actions {
  /** Every command that exists, inverses included. */
  static final Set<String> COMMANDS =
      Arrays.stream(K8sAction.values())
          .flatMap(a -> Stream.concat(Stream.of(a.command()), a.inverse().stream()))
          .collect(Collectors.toUnmodifiableSet());

  private Actions() {}

  static Action forward(K8sAction action) {
    return switch (action) {
      case QUARANTINE_LABEL, SET_LABEL -> new Marked.Apply(action, SetMetadata.label());
      case SET_ANNOTATION -> new Marked.Apply(action, SetMetadata.annotation());
      case SCALE_TO_ZERO -> new Marked.Apply(action, new ScaleToZero());
      case CORDON_NODE -> new Marked.Apply(action, new Cordon());
      case ROLL_BACK_DEPLOYMENT -> new Marked.Apply(action, new RollBack());
      case REMOVE_SUBJECT -> new Marked.Apply(action, new RemoveSubject());
      case ROTATE_SECRET -> new Marked.Apply(action, new RotateSecret());
      case SUSPEND_CRON_JOB -> new Marked.Apply(action, new SuspendCronJob());
      case DENY_ALL_NETWORK_POLICY -> new Policies.Apply(Policies.DENY_ALL);
      case BLOCK_EGRESS_CIDRS -> new Policies.Apply(Policies.BLOCK_EGRESS);
      case BLOCK_INGRESS_CIDRS -> new Policies.Apply(Policies.BLOCK_INGRESS);
      case DELETE_POD -> new RemovePod(false);
      case EVICT_POD -> new RemovePod(true);
      case DRAIN_NODE -> new Drain();
      case REVOKE_TOKENS -> new RevokeTokens();
    };
  }

  static Action inverse(K8sAction action) {
    return switch (action) {
      case QUARANTINE_LABEL, SET_LABEL -> new Marked.Undo(action, SetMetadata.label());
      case SET_ANNOTATION -> new Marked.Undo(action, SetMetadata.annotation());
      case SCALE_TO_ZERO -> new Marked.Undo(action, new ScaleToZero());
      // What was evicted stays evicted; only the node comes back.
      case CORDON_NODE, DRAIN_NODE -> new Marked.Undo(action, new Cordon());
      case ROLL_BACK_DEPLOYMENT -> new Marked.Undo(action, new RollBack());
      case REMOVE_SUBJECT -> new Marked.Undo(action, new RemoveSubject());
      case ROTATE_SECRET -> new Marked.Undo(action, new RotateSecret());
      case SUSPEND_CRON_JOB -> new Marked.Undo(action, new SuspendCronJob());
      case DENY_ALL_NETWORK_POLICY -> new Policies.Undo(Policies.DENY_ALL);
      case BLOCK_EGRESS_CIDRS -> new Policies.Undo(Policies.BLOCK_EGRESS);
      case BLOCK_INGRESS_CIDRS -> new Policies.Undo(Policies.BLOCK_INGRESS);
      case DELETE_POD, EVICT_POD, REVOKE_TOKENS ->
          throw new IllegalArgumentException(action + " cannot be taken back");
    };
  }
}
