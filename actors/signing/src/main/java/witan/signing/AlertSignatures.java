package witan.signing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Base64;
import java.util.Locale;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.detection.Formats;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * What a sensor signs of an alert. The text has five lines, each ended by a line feed: council,
 * sensor, alert id, time (ISO 8601 in UTC, with three digits of a second) and the SHA-256 of the
 * alert's bytes in hexadecimal digits; what is signed with Ed25519 is the line {@code
 * <sensor>/alert} and the line of the text's SHA-256. So nothing else that a key of this kind signs
 * can be taken for it.
 */
public final class AlertSignatures {
  private static final String PURPOSE = "alert";

  /** As JSON has it here. */
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private AlertSignatures() {}

  /**
   * Signs one alert.
   *
   * @param signer named after the sensor
   * @param alertId under which the council shall know it; at most one line
   * @param raw SHA-256 of the alert's bytes as they are sent
   */
  public static AlertSignature sign(
      NoteSigner signer, String councilId, String alertId, Instant time, Digest raw) {
    byte[] signature =
        signer.sign(PURPOSE, text(councilId, signer.key().name(), alertId, time, raw));
    return new AlertSignature(
        signer.key().vkey(), time, Base64.getEncoder().encodeToString(signature), Formats.VERSION);
  }

  /** Whether the key that the signature names has signed this alert, in its sensor's name. */
  public static boolean signed(String councilId, Alert alert, AlertSignature signature) {
    try {
      NoteKey key = NoteKey.parse(signature.key());
      return key.name().equals(alert.sensor())
          && key.verify(
              PURPOSE,
              text(councilId, alert.sensor(), alert.alertId(), signature.time(), alert.rawDigest()),
              Base64.getDecoder().decode(signature.signature()));
    } catch (IllegalArgumentException e) {
      return false; // no key, no base64, or an id of several lines
    }
  }

  private static Hash text(
      String councilId, String sensor, String alertId, Instant time, Digest raw) {
    if ((councilId + sensor + alertId).indexOf('\n') >= 0) {
      throw new IllegalArgumentException("council, sensor and alert id are of one line each");
    }
    String text = String.join("\n", councilId, sensor, alertId, MILLIS.format(time), raw.hex(), "");
    return Hashing.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
