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
 * @param protectedNamespaces nothing is ever done there, in any cluster; those of Kubernetes itself
 *     are always among them
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
   */
  public record Cluster(String kubeconfig, String context, Allowance allowed) {}

  public static final KubernetesSettings DEFAULTS =
      new KubernetesSettings(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Set.of("kube-system", "kube-public", "kube-node-lease", "witan"),
          Map.of());

  public KubernetesSettings {
    Set<String> never = new TreeSet<>(protectedNamespaces);
    never.addAll(Untouchable.NAMESPACES);
    protectedNamespaces = Set.copyOf(never);
    clusters = Map.copyOf(clusters);
    clusters.forEach(
        (name, cluster) ->
            cluster.allowed().namespaces().stream()
                .filter(never::contains)
                .findFirst()
                .ifPresent(
                    namespace -> {
                      throw new IllegalArgumentException(
                          "clusters."
                              + name
                              + ".allowed-namespaces: "
                              + namespace
                              + " is protected, and cannot be allowed");
                    }));
  }

  /** Reads {@code witan.kubernetes} of the given root. */
  public static KubernetesSettings from(Config root) {
    Config config = root.getConfig("witan.kubernetes");
    Map<String, Cluster> clusters = new LinkedHashMap<>();
    Config named = config.getConfig("clusters");
    for (String name : named.root().keySet()) {
      clusters.put(name, cluster(name, named.getConfig(ConfigUtil.joinPath(name))));
    }
    return new KubernetesSettings(
        config.getDuration("connect-timeout"),
        config.getDuration("call-timeout"),
        Set.copyOf(config.getStringList("protected-namespaces")),
        clusters);
  }

  private static Cluster cluster(String name, Config one) {
    try {
      return new Cluster(
          one.hasPath("kubeconfig") ? one.getString("kubeconfig") : "",
          one.hasPath("context") ? one.getString("context") : "",
          Allowance.from(one));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("clusters." + name + "." + e.getMessage(), e);
    }
  }
}
