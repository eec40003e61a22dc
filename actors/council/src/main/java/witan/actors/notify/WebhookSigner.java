package witan.actors.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of Standard Webhooks 1.0.0, so that receivers check deliveries with a library they
 * have: {@code v1,} and the base64 of HMAC-SHA256 over {@code id.timestamp.body}. Thread-safe.
 */
public final class WebhookSigner {
  private static final String PREFIX = "whsec_";
  private static final int LEAST_BYTES = 24;

  private final byte[] secret;

  private WebhookSigner(byte[] secret) {
    this.secret = secret;
  }

  /**
   * Reads {@code whsec_} and base64.
   *
   * @throws IllegalArgumentException for anything else, and for less than 24 bytes, which are the
   *     specification's least; the message does not hold the secret
   */
  public static WebhookSigner of(String secret) {
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a webhook's secret begins with " + PREFIX);
    }
    byte[] bytes = decode(secret.substring(PREFIX.length()));
    if (bytes.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "a webhook's secret has " + LEAST_BYTES + " bytes or more");
    }
    return new WebhookSigner(bytes);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a webhook's secret is base64 after the prefix");
    }
  }

  /** Value of the header {@code webhook-signature}. */
  public String sign(String id, Instant timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      String head = id + "." + timestamp.getEpochSecond() + ".";
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
