package witan.domain.detection;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a format says of an event, before it is an alert.
 *
 * @param id the sensor's own; null where the format has none. Where it numbers the revisions of one
 *     finding, the id includes the revision: an update says more and is no duplicate
 * @param title of any length
 * @param principal of any length
 */
record Reading(
    @Nullable String id,
    String rule,
    String title,
    Severity severity,
    Resource resource,
    @Nullable String principal,
    Instant at,
    List<String> techniques,
    List<Tactic> tactics) {

  Alert alert(String format, IngestContext context) {
    return new Alert(
        context.sensor(),
        id == null ? context.rawDigest().hex() : id,
        format,
        rule,
        EventReader.cut(title, EventReader.MAX_TITLE),
        severity,
        resource,
        principal == null ? null : EventReader.cut(principal, EventReader.MAX_PRINCIPAL),
        at,
        techniques,
        tactics,
        context.rawDigest(),
        context.ingestedAt());
  }

  /** The id of one revision of a finding. */
  static @Nullable String revision(@Nullable String id, Instant revised) {
    return id == null ? null : id + "@" + revised.toEpochMilli();
  }
}
