package witan.actors.kubernetes;

import com.typesafe.config.Config;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import witan.domain.playbook.K8sAction;

/**
 * What may be done in one cluster. What is not named is not allowed: without anything here, nothing
 * is.
 *
 * @param actions what may be done, and taken back
 * @param namespaces in which; objects that are in none are held against {@code kinds} alone
 * @param kinds of targets
 * @param executor the user as which this cluster knows the executor; empty where nothing that is
 *     allowed could touch it
 * @param executorGroups groups that it is in, beyond those of every ServiceAccount
 * @param maxPods how many pods one step may touch
 */
public record Allowance(
    Set<String> actions,
    Set<String> namespaces,
    Set<String> kinds,
    String executor,
    Set<String> executorGroups,
    long maxPods) {
  public static final long DEFAULT_MAX_PODS = 50;

  /** Every kind that an action is for. */
  static final Set<String> KINDS =
      Arrays.stream(K8sAction.values())
          .flatMap(action -> action.kinds().stream())
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Set<String> ON_IDENTITIES =
      Set.of(K8sAction.REMOVE_SUBJECT.command(), K8sAction.REVOKE_TOKENS.command());

  public Allowance {
    actions = known("allowed-actions", actions, Actions.COMMANDS);
    namespaces = Set.copyOf(namespaces);
    kinds = known("allowed-kinds", kinds, KINDS);
    executorGroups = Set.copyOf(executorGroups);
    for (String namespace : namespaces) {
      if (!NAMESPACE.matcher(namespace).matches()) {
        throw new IllegalArgumentException(
            "allowed-namespaces: each is named as it is, without patterns: " + namespace);
      }
    }
    if (executor.isEmpty() && actions.stream().anyMatch(ON_IDENTITIES::contains)) {
      throw new IllegalArgumentException(
          "executor: where "
              + new TreeSet<>(ON_IDENTITIES)
              + " is allowed, name the user as which the cluster knows the executor, e.g."
              + " system:serviceaccount:witan:witan-executor");
    }
  }

  /** Of these names, by an executor that none of the actions can reach. */
  public static Allowance of(
      Set<String> actions, Set<String> namespaces, Set<String> kinds, long maxPods) {
    return new Allowance(actions, namespaces, kinds, "", Set.of(), maxPods);
  }

  static Allowance from(Config cluster) {
    return new Allowance(
        names(cluster, "allowed-actions"),
        names(cluster, "allowed-namespaces"),
        names(cluster, "allowed-kinds"),
        cluster.hasPath("executor") ? cluster.getString("executor") : "",
        names(cluster, "executor-groups"),
        cluster.hasPath("max-pods") ? cluster.getLong("max-pods") : DEFAULT_MAX_PODS);
  }

  private static Set<String> names(Config cluster, String key) {
    return Set.copyOf(cluster.hasPath(key) ? cluster.getStringList(key) : List.of());
  }

  private static Set<String> known(String key, Set<String> named, Set<String> known) {
    if (!known.containsAll(named)) {
      throw new IllegalArgumentException(
          key + ": unknown in " + new TreeSet<>(named) + "; known: " + new TreeSet<>(known));
    }
    return Set.copyOf(named);
  }

  boolean nothing() {
    return actions.isEmpty() || kinds.isEmpty();
  }

  /** Who may do something may take it back. */
  boolean allows(String command) {
    return actions.contains(command)
        || K8sAction.inverseOf(command)
            .map(action -> actions.contains(action.command()))
            .orElse(false);
  }
}
