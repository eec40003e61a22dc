package witan.dev;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an API server keeps what a plain YAML document describes; kinds that RBAC needs only. */
final class ManifestPath {
  private static final Map<String, String> FOLDERS =
      Map.of(
          "Namespace", "/api/v1/namespaces/",
          "ServiceAccount", "/api/v1/namespaces/%s/serviceaccounts/",
          "ClusterRole", "/apis/rbac.authorization.k8s.io/v1/clusterroles/",
          "ClusterRoleBinding", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/",
          "Role", "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/roles/",
          "RoleBinding", "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings/");

  private ManifestPath() {}

  static String of(String document) {
    String folder = FOLDERS.get(field(document, "kind"));
    if (folder == null) {
      throw new IllegalArgumentException("not a kind that is applied here:\n" + document);
    }
    String namespace = folder.contains("%s") ? field(document, "  namespace") : "";
    return folder.formatted(namespace) + field(document, "  name");
  }

  /** The first line of that indentation: in a plain document that of the metadata. */
  private static String field(String document, String name) {
    Matcher matcher =
        Pattern.compile("(?m)^" + name + ": *\"?([A-Za-z0-9:.-]+)\"? *$").matcher(document);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + name.strip() + " in:\n" + document);
    }
    return matcher.group(1);
  }
}
