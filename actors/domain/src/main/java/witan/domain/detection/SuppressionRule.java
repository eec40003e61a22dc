package witan.domain.detection;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts shall open no case. They are counted in the log all the same. A pattern is the text
 * itself, or its beginning followed by {@code *}; null is everything.
 *
 * @param id stable, for the log
 * @param reason why, for people
 * @param rule of the alert
 * @param resource name of the resource
 * @param atMost graver alerts are never suppressed
 * @param until the rule ends there; null: it does not
 */
public record SuppressionRule(
    String id,
    String reason,
    @Nullable String sensor,
    @Nullable String cluster,
    @Nullable String namespace,
    @Nullable String rule,
    @Nullable String resource,
    Severity atMost,
    @Nullable Instant until) {
  private static final int MAX_TEXT = 512;

  public SuppressionRule {
    if (!id.matches("[a-z0-9][a-z0-9-]{0,63}")) {
      throw new IllegalArgumentException("id \"" + id + "\": a-z, 0-9 and -, at most 64");
    }
    if (reason.isBlank() || reason.length() > MAX_TEXT) {
      throw new IllegalArgumentException(id + ": say why in at most 512 characters");
    }
    boolean narrow = false;
    for (String pattern : new @Nullable String[] {sensor, namespace, rule, resource}) {
      narrow |= pattern != null && !pattern.equals("*");
    }
    if (!narrow) {
      throw new IllegalArgumentException(
          id + ": name a sensor, namespace, rule or resource; one rule may not silence a cluster");
    }
    if (atMost.compareTo(Severity.CRITICAL) >= 0) {
      throw new IllegalArgumentException(id + ": critical alerts cannot be suppressed");
    }
  }

  /** Whether an alert that was received then falls under it. */
  public boolean matches(Alert alert) {
    Resource on = alert.resource();
    return alert.severity().compareTo(atMost) <= 0
        && (until == null || alert.ingestedAt().isBefore(until))
        && fits(sensor, alert.sensor())
        && fits(cluster, on.cluster())
        && fits(namespace, Objects.requireNonNullElse(on.namespace(), ""))
        && fits(rule, alert.rule())
        && fits(resource, on.name());
  }

  private static boolean fits(@Nullable String pattern, String text) {
    if (pattern == null) {
      return true;
    }
    return pattern.endsWith("*")
        ? text.startsWith(pattern.substring(0, pattern.length() - 1))
        : text.equals(pattern);
  }
}
