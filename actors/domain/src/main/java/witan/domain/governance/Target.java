package witan.domain.governance;

import org.jspecify.annotations.Nullable;

/**
 * What a response acts on.
 *
 * @param cluster name of a configured cluster
 * @param kind Kubernetes kind, e.g. {@code Pod}
 */
public record Target(String cluster, @Nullable String namespace, String kind, String name) {}
