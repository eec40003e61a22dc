package witan.domain.detection;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes resources of the names that sensors give. */
final class Resources {
  /** Kubernetes object names: RFC 1123 subdomains. */
  private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  private Resources() {}

  /** These names may become the target of a response, so they are what Kubernetes allows. */
  static Resource pod(String cluster, @Nullable String namespace, String name) throws AlertRefused {
    for (String part : namespace == null ? List.of(name) : List.of(namespace, name)) {
      if (!DNS_NAME.matcher(part).matches()) {
        throw new AlertRefused(
            "alert_bad_name",
            "not a Kubernetes name: " + EventReader.cut(part, 60),
            "Send namespace and pod as Kubernetes names them.");
      }
    }
    return new Resource(ResourceKind.POD, cluster, namespace, name);
  }

  /**
   * A Kubernetes object. Objects of different kinds may share a name, so the kind is part of it.
   *
   * @param kind in singular or plural; pods are pods
   * @param name null for all of that kind
   */
  static Resource kubernetes(
      String cluster, @Nullable String namespace, String kind, @Nullable String name)
      throws AlertRefused {
    String lower = kind.toLowerCase(Locale.ROOT);
    if (name != null && (lower.equals("pods") || lower.equals("pod"))) {
      return pod(cluster, namespace, name);
    }
    return new Resource(
        ResourceKind.KUBERNETES_OBJECT,
        cluster,
        namespace,
        name == null ? kind : kind + "/" + name);
  }

  static Resource of(ResourceKind kind, String cluster, String name) {
    return new Resource(kind, cluster, null, name);
  }

  /** As clouds name it; null where there is no name. */
  static @Nullable Resource cloud(String cluster, @Nullable String name) {
    return name == null ? null : of(ResourceKind.CLOUD_RESOURCE, cluster, name);
  }

  static @Nullable Resource cloud(String cluster, String type, @Nullable String name) {
    return name == null ? null : cloud(cluster, type + "/" + name);
  }

  /**
   * A connection between two ends, as {@code 10.0.0.1:1234 -> 10.0.0.2:80}.
   *
   * @param from null where it is not known; so {@code to}
   */
  static @Nullable Resource flow(String cluster, @Nullable String from, @Nullable String to) {
    if (from == null && to == null) {
      return null;
    }
    return of(
        ResourceKind.NETWORK_FLOW,
        cluster,
        (from == null ? "?" : from) + " -> " + (to == null ? "?" : to));
  }

  /** One end: IPv6 addresses in brackets before a port, RFC 3986. */
  static @Nullable String end(@Nullable String address, @Nullable String port) {
    if (address == null || port == null) {
      return address;
    }
    return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
  }

  /** Nothing is named: then it is the sensor that the alert is about. */
  static Resource unknown(IngestContext context) {
    return of(ResourceKind.UNKNOWN, context.cluster(), context.sensor());
  }
}
