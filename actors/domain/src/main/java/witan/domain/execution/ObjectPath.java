package witan.domain.execution;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import witan.domain.governance.Target;

/** Where the API keeps a target. */
public final class ObjectPath {
  private static final String NAMESPACES = "/namespaces/";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern RBAC_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._-]{0,252}");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private record Resource(String api, String plural, boolean namespaced) {}

  private static final String APPS = "/apis/apps/v1";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
  private static final Map<String, Resource> RESOURCES =
      Map.ofEntries(
          Map.entry("Pod", new Resource("/api/v1", "pods", true)),
          Map.entry("Secret", new Resource("/api/v1", "secrets", true)),
          Map.entry("ServiceAccount", new Resource("/api/v1", "serviceaccounts", true)),
          Map.entry("Namespace", new Resource("/api/v1", "namespaces", false)),
          Map.entry("Node", new Resource("/api/v1", "nodes", false)),
          Map.entry("Deployment", new Resource(APPS, "deployments", true)),
          Map.entry("StatefulSet", new Resource(APPS, "statefulsets", true)),
          Map.entry("ReplicaSet", new Resource(APPS, "replicasets", true)),
          Map.entry("CronJob", new Resource("/apis/batch/v1", "cronjobs", true)),
          Map.entry("RoleBinding", new Resource(RBAC, "rolebindings", true)),
          Map.entry("ClusterRoleBinding", new Resource(RBAC, "clusterrolebindings", false)));

  private ObjectPath() {}

  /** Why the target cannot be addressed; nothing but plain names gets into a path. */
  public static Optional<String> refuse(Target target) {
    Resource resource = RESOURCES.get(target.kind());
    String namespace = target.namespace();
    if (resource == null) {
      return Optional.of("nothing is done to a " + target.kind());
    }
    if (resource.namespaced() == (namespace == null)) {
      return Optional.of(
          "a " + target.kind() + (namespace == null ? " is in" : " is not in") + " a namespace");
    }
    Pattern name = resource.api().equals(RBAC) ? RBAC_NAME : NAME;
    boolean plain =
        name.matcher(target.name()).matches()
            && (namespace == null || NAMESPACE.matcher(namespace).matches());
    return plain
        ? Optional.empty()
        : Optional.of("not a Kubernetes name: " + namespace + "/" + target.name());
  }

  /** Of a target that is not refused. */
  public static String of(Target target) {
    return collection(target) + "/" + target.name();
  }

  public static String collection(Target target) {
    Resource resource = RESOURCES.get(target.kind());
    if (resource == null) {
      throw new IllegalArgumentException(target.toString());
    }
    return resource.namespaced()
        ? resource.api() + NAMESPACES + target.namespace() + "/" + resource.plural()
        : resource.api() + "/" + resource.plural();
  }

  public static String pod(String namespace, String name) {
    return pods(namespace) + "/" + name;
  }

  public static String pods(String namespace) {
    return "/api/v1" + NAMESPACES + namespace + "/pods";
  }

  public static String replicaSets(String namespace) {
    return APPS + NAMESPACES + namespace + "/replicasets";
  }

  public static String networkPolicies(String namespace) {
    return "/apis/networking.k8s.io/v1" + NAMESPACES + namespace + "/networkpolicies";
  }
}
