package witan.actors.kubernetes;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The clusters this council may act on; {@code witan.kubernetes} in {@code witan-execution.conf}.
 *
 * @param callTimeout of one whole request; the client's own default is infinite
 * @param protectedNamespaces nothing is ever done there, in any cluster
 * @param clusters by name; empty means that every execution is a rehearsal
 */
public record KubernetesSettings(
    Duration connectTimeout,
    Duration callTimeout,
    Set<String> protectedNamespaces,
    Map<String, Cluster> clusters) {

  /**
   * One named cluster.
   *
   * @param kubeconfig path of the file; empty for the in-cluster service account
   * @param context of that file; empty for its current one
   * @param allowedActions what may be done there, and taken back
   * @param maxPods how many pods one step may touch there
   */
  public record Cluster(
      String kubeconfig, String context, Set<String> allowedActions, long maxPods) {
    public static final long DEFAULT_MAX_PODS = 50;

    public Cluster {
      allowedActions = Set.copyOf(allowedActions);
      if (!Actions.COMMANDS.containsAll(allowedActions)) {
        throw new IllegalArgumentException(
            "unknown action in " + allowedActions + "; known: " + new TreeSet<>(Actions.COMMANDS));
      }
    }
  }

  public static final KubernetesSettings DEFAULTS =
      new KubernetesSettings(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Set.of("kube-system", "kube-public", "kube-node-lease", "witan"),
          Map.of());

  public KubernetesSettings {
    protectedNamespaces = Set.copyOf(protectedNamespaces);
    clusters = Map.copyOf(clusters);
  }

  /** Reads {@code witan.kubernetes} of the given root. */
  public static KubernetesSettings from(Config root) {
    Config config = root.getConfig("witan.kubernetes");
    Map<String, Cluster> clusters = new LinkedHashMap<>();
    Config named = config.getConfig("clusters");
    for (String name : named.root().keySet()) {
      Config one = named.getConfig(ConfigUtil.joinPath(name));
      clusters.put(
          name,
          new Cluster(
              one.hasPath("kubeconfig") ? one.getString("kubeconfig") : "",
              one.hasPath("context") ? one.getString("context") : "",
              one.hasPath("allowed-actions")
                  ? Set.copyOf(one.getStringList("allowed-actions"))
                  : Actions.COMMANDS,
              one.hasPath("max-pods") ? one.getLong("max-pods") : Cluster.DEFAULT_MAX_PODS));
    }
    return new KubernetesSettings(
        config.getDuration("connect-timeout"),
        config.getDuration("call-timeout"),
        Set.copyOf(config.getStringList("protected-namespaces")),
        clusters);
  }
}
