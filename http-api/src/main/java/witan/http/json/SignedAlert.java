package witan.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;
import witan.domain.detection.AlertSignature;
import witan.domain.detection.Formats;
import witan.http.error.Code;
import witan.http.error.Problem;

/**
 * The envelope of an alert that its sensor signed: {@code {"signedAlert": {"alert": "<text>",
 * "alertId", "time", "key", "signature"}}}. The alert stands in it as a text, byte for byte as it
 * was signed; it goes wherever a bare alert goes.
 *
 * @param alert the alert's own bytes
 * @param alertId under which the council knows it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record SignedAlert(byte[] alert, String alertId, AlertSignature signature) {
  private static final String MEMBER = "signedAlert";
  private static final Pattern ALERT_ID = Pattern.compile("\\P{Cntrl}{1,200}");

  /** What a sensor sends. */
  private record Sent(String alert, String alertId, Instant time, String key, String signature) {}

  /**
   * Null where it is no such envelope.
   *
   * @throws Problem or {@link witan.codec.json.JsonRefused}, with the reason
   */
  static @Nullable SignedAlert of(JsonNode node) {
    JsonNode inner = node.get(MEMBER);
    if (inner == null) {
      return null;
    }
    Sent sent = Json.read(Sent.class, inner);
    if (node.size() != 1 || !ALERT_ID.matcher(sent.alertId()).matches()) {
      throw Problem.of(
          Code.ALERT_SIGNATURE,
          "A signed alert stands alone, with an id of 1 to 200 characters on one line.",
          "Send {\"signedAlert\": {alert, alertId, time, key, signature}}.");
    }
    return new SignedAlert(
        sent.alert().getBytes(StandardCharsets.UTF_8),
        sent.alertId(),
        new AlertSignature(sent.key(), sent.time(), sent.signature(), Formats.VERSION));
  }
}
