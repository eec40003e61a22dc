package witan.domain.detection;

/** OCSF {@code severity_id} 0 to 6, in that order. */
public enum Severity {
  UNKNOWN,
  INFORMATIONAL,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL,
  FATAL
}
