package witan.domain.detection;

/** What sort of thing an alert is about. */
public enum ResourceKind {
  POD,
  KUBERNETES_OBJECT,
  CONTAINER,
  HOST,
  IDENTITY,
  CLOUD_RESOURCE,
  NETWORK_FLOW,
  UNKNOWN
}
