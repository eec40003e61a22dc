package witan.domain.detection;

import java.time.Instant;
import witan.domain.common.Refusal;

/**
 * A sensor's own word for one alert: Ed25519 over council, sensor, alert id, time and the digest of
 * the raw text. Whether that sensor has that key, the registry knows.
 *
 * @param key verifier key of C2SP signed-note, named after the sensor
 * @param time when the sensor signed, by its own clock
 * @param signature base64
 * @param normaliser version of the normalisers that read the raw text: {@link Formats#VERSION} of
 *     then
 */
public record AlertSignature(String key, Instant time, String signature, int normaliser) {
  /**
   * The answer where it is not of this alert, or not of its sensor. Code {@code alert_signature}.
   */
  public Refusal refused(Alert alert) {
    return new Refusal(
        "alert_signature",
        "alert " + alert.key() + " is not what " + key + " signed",
        "sign council, sensor, alert id, time and the digest of this very text");
  }
}
