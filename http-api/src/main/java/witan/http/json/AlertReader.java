package witan.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import witan.codec.detection.AlertFormats;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.detection.IngestContext;
import witan.domain.detection.Normalised;
import witan.domain.proposal.ContentHasher;
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
   * @param signed by its sensor; null where it came without a signature. Not verified yet
   */
  public record Read(Normalised normalised, String raw, @Nullable AlertSignature signed) {}

  /**
   * Parses, tells the format and normalises.
   *
   * @param format null: told from the alert
   * @param cluster one of the sensor's
   * @param alertId replaces the alert's own id; null keeps it; that of a signed alert goes before
   *     it
   * @throws Problem or {@link witan.codec.json.JsonRefused}, with the reason
   */
  public Read read(
      byte[] bytes,
      @Nullable String format,
      Principal sensor,
      String cluster,
      @Nullable String alertId,
      Instant now) {
    if (bytes.length > maxBytes) {
      throw Problem.of(
          Code.BODY_TOO_LARGE,
          "The alert has more than " + maxBytes + " bytes.",
          "Send less of it; nothing was changed.");
    }
    JsonNode node = Json.parse(bytes, Limits.ofBytes(maxBytes));
    SignedAlert signed = SignedAlert.of(node);
    return signed == null
        ? read(node, bytes, format, sensor, cluster, alertId, null, now)
        : read(
            Json.parse(signed.alert(), Limits.ofBytes(maxBytes)),
            signed.alert(),
            format,
            sensor,
            cluster,
            signed.alertId(),
            signed.signature(),
            now);
  }

  private Read read(
      JsonNode node,
      byte[] bytes,
      @Nullable String format,
      Principal sensor,
      String cluster,
      @Nullable String alertId,
      @Nullable AlertSignature signed,
      Instant now) {
    String raw = new String(bytes, StandardCharsets.UTF_8);
    Normalised normalised =
        AlertFormats.ALL.normalise(
            Json.toTree(node),
            format,
            new IngestContext(sensor.name(), cluster, hasher.text(raw), now));
    if (normalised instanceof Normalised.Unreadable unreadable) {
      throw Problem.of(unreadable.refusal());
    }
    Normalised named = alertId == null ? normalised : renamed(normalised, alertId);
    String told = alert(named).format();
    if (!sensor.formats().isEmpty() && !sensor.formats().contains(told)) {
      throw Problem.of(
          Code.FORMAT_NOT_ALLOWED,
          "The token does not let this sensor send " + told + ".",
          "It may send " + String.join(", ", new TreeSet<>(sensor.formats())) + ".");
    }
    return new Read(named, raw, signed);
  }

  private static Alert alert(Normalised normalised) {
    return normalised instanceof Normalised.Finding finding
        ? finding.alert()
        : ((Normalised.NotAFinding) normalised).alert();
  }

  private static Normalised renamed(Normalised normalised, String alertId) {
    if (normalised instanceof Normalised.Finding finding) {
      return new Normalised.Finding(finding.alert().withId(alertId));
    }
    Normalised.NotAFinding other = (Normalised.NotAFinding) normalised;
    return new Normalised.NotAFinding(other.alert().withId(alertId), other.reason());
  }
}
