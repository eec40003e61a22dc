package witan.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.detection.Alert;
import witan.domain.detection.Formats;
import witan.domain.detection.IngestContext;
import witan.domain.detection.Normalised;
import witan.domain.detection.Normaliser;
import witan.domain.spi.ContentHasher;
import witan.http.auth.Principal;
import witan.http.error.Code;
import witan.http.error.Problem;

/** Makes alerts of bytes, in the sensor's own format. Pure but for the time it is given. */
public final class AlertReader {
  private final int maxBytes;
  private final ContentHasher hasher;

  public AlertReader(int maxBytes, ContentHasher hasher) {
    this.maxBytes = maxBytes;
    this.hasher = hasher;
  }

  /**
   * An alert that was understood.
   *
   * @param normalised a Finding or a NotAFinding
   * @param raw the alert as it was sent
   */
  public record Read(Normalised normalised, String raw) {}

  /**
   * Parses, tells the format and normalises.
   *
   * @param format null: told from the alert
   * @param alertId replaces the alert's own id; null keeps it
   * @throws Problem or {@link witan.codec.json.JsonRefused}, with the reason
   */
  public Read read(
      byte[] bytes,
      @Nullable String format,
      Principal sensor,
      @Nullable String alertId,
      Instant now) {
    if (bytes.length > maxBytes) {
      throw Problem.of(
          Code.BODY_TOO_LARGE,
          "The alert has more than " + maxBytes + " bytes.",
          "Send less of it; nothing was changed.");
    }
    JsonNode node = Json.parse(bytes, Limits.ofBytes(maxBytes));
    Object tree = Json.toTree(node);
    Normaliser normaliser = normaliser(tree, format);
    if (!sensor.formats().isEmpty() && !sensor.formats().contains(normaliser.format())) {
      throw Problem.of(
          Code.FORMAT_NOT_ALLOWED,
          "The token does not let this sensor send " + normaliser.format() + ".",
          "It may send " + String.join(", ", new TreeSet<>(sensor.formats())) + ".");
    }
    String raw = new String(bytes, StandardCharsets.UTF_8);
    String cluster = Objects.requireNonNull(sensor.cluster(), "a sensor without a cluster");
    Normalised normalised =
        normaliser.normalise(
            tree, new IngestContext(sensor.name(), cluster, hasher.text(raw), now));
    if (normalised instanceof Normalised.Unreadable unreadable) {
      throw Problem.of(unreadable.refusal());
    }
    return new Read(alertId == null ? normalised : renamed(normalised, alertId), raw);
  }

  private static Normaliser normaliser(@Nullable Object tree, @Nullable String format) {
    Optional<Normaliser> found =
        format == null ? Formats.detect(tree) : Formats.named(format.toLowerCase(Locale.ROOT));
    return found.orElseThrow(
        () ->
            Problem.of(
                Code.ALERT_UNKNOWN_FORMAT,
                format == null
                    ? "The alert looks like none of the known formats."
                    : "There is no alert format of that name.",
                "Send one of the documented formats; ?format= names it."));
  }

  private static Normalised renamed(Normalised normalised, String alertId) {
    if (normalised instanceof Normalised.Finding finding) {
      return new Normalised.Finding(renamed(finding.alert(), alertId));
    }
    if (normalised instanceof Normalised.NotAFinding other) {
      return new Normalised.NotAFinding(renamed(other.alert(), alertId), other.reason());
    }
    return normalised;
  }

  private static Alert renamed(Alert alert, String alertId) {
    return new Alert(
        alert.sensor(),
        alertId,
        alert.format(),
        alert.rule(),
        alert.title(),
        alert.severity(),
        alert.resource(),
        alert.principal(),
        alert.at(),
        alert.techniques(),
        alert.rawDigest(),
        alert.ingestedAt());
  }
}
