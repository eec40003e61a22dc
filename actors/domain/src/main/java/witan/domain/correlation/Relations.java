package witan.domain.correlation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import witan.domain.detection.Alert;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;

/**
 * What else two cases may have in common than their resource. Each such thing has a correlation of
 * its own that knows the cases it came up in; its keys are no keys of resources.
 */
public final class Relations {
  /** How two cases are related. */
  public enum Kind {
    /** The same resource: one case followed the other. */
    RESOURCE,
    /** The same user or service account. */
    PRINCIPAL,
    /** The same Kubernetes namespace: the next step is often next door. */
    NAMESPACE
  }

  private Relations() {}

  /** Keys of what an alert's case may share with others, besides its resource. */
  public static Map<String, Kind> keys(Alert alert) {
    Map<String, Kind> keys = new LinkedHashMap<>();
    Resource on = alert.resource();
    String principal = alert.principal();
    if (principal != null) {
      keys.put("principal|" + on.cluster() + "|" + principal, Kind.PRINCIPAL);
    } else if (on.kind() == ResourceKind.IDENTITY) {
      keys.put("principal|" + on.cluster() + "|" + on.name(), Kind.PRINCIPAL);
    }
    if (on.namespace() != null) {
      keys.put("namespace|" + on.cluster() + "|" + on.namespace(), Kind.NAMESPACE);
    }
    return keys;
  }

  /** All keys by which cases related to these alerts' case are found. */
  public static Map<String, Kind> allKeys(List<Alert> alerts) {
    Map<String, Kind> keys = new LinkedHashMap<>();
    for (Alert alert : alerts) {
      keys.put(alert.resource().correlationKey(), Kind.RESOURCE);
      keys.putAll(keys(alert));
    }
    return keys;
  }
}
