package witan.domain.detection;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;

/**
 * A normalised alert.
 *
 * @param sensor the authenticated sensor that sent it
 * @param alertId the sensor's own id where the format has one, else the digest of the raw bytes;
 *     the pair (sensor, alertId) is the idempotency key
 * @param format {@code falco}, ...
 * @param principal user or service account, where known
 * @param techniques ATT&amp;CK technique ids, e.g. {@code T1059.004}; sorted, without duplicates
 * @param tactics where the sensor names them, in the order of an attack, each once
 * @param rawDigest SHA-256 of the alert's bytes as received
 * @param at when the sensor says it happened
 * @param ingestedAt when this council received it (set by the shell, never by the sensor)
 */
public record Alert(
    String sensor,
    String alertId,
    String format,
    String rule,
    String title,
    Severity severity,
    Resource resource,
    @Nullable String principal,
    Instant at,
    List<String> techniques,
    List<Tactic> tactics,
    Digest rawDigest,
    Instant ingestedAt) {
  public Alert {
    techniques = List.copyOf(techniques);
    tactics = List.copyOf(tactics);
  }

  /** The same alert under another id. */
  public Alert withId(String id) {
    return new Alert(
        sensor,
        id,
        format,
        rule,
        title,
        severity,
        resource,
        principal,
        at,
        techniques,
        tactics,
        rawDigest,
        ingestedAt);
  }

  /** The idempotency key, unique within a council. */
  public String key() {
    return sensor + "/" + alertId;
  }
}
