package witan.domain.detection;

import org.jspecify.annotations.Nullable;

/**
 * The thing an alert is about.
 *
 * @param cluster name of the cluster or account the sensor watches
 * @param namespace Kubernetes namespace, where there is one
 * @param name name within cluster and namespace
 */
public record Resource(ResourceKind kind, String cluster, @Nullable String namespace, String name) {

  /** The key that correlation shards by: rules about one resource meet there. */
  public String correlationKey() {
    return cluster + "/" + (namespace == null ? "" : namespace) + "/" + kind + "/" + name;
  }
}
