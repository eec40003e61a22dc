package witan.domain.correlation;

import witan.domain.common.Digest;
import witan.domain.common.TextHasher;
import witan.domain.detection.Alert;

/** What makes two alerts the same finding: rule, resource, principal and cluster. */
public final class Fingerprint {
  private Fingerprint() {}

  public static Digest of(Alert alert, TextHasher hasher) {
    return hasher.text(text(alert));
  }

  /** The parts, each after its length, so that different parts never make the same text. */
  static String text(Alert alert) {
    String principal = alert.principal();
    return part(alert.rule())
        + part(alert.resource().correlationKey())
        + (principal == null ? "-" : part(principal))
        + part(alert.resource().cluster());
  }

  private static String part(String text) {
    return text.length() + ":" + text;
  }
}
