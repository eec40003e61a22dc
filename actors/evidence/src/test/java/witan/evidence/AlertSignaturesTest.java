package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import witan.domain.common.Digest;
import witan.domain.detection.AlertSignature;
import witan.log.checkpoint.NoteSigner;
import witan.signing.AlertSignatures;

class AlertSignaturesTest {
  private static final HexFormat HEX = HexFormat.of();

  /** As a sensor makes it that has the description in the API's document and none of our code. */
  @Test
  void theTextIsTheDocumentedOne() throws Exception {
    NoteSigner signer = NoteSigner.generate("falco-1", new SecureRandom());
    byte[] raw = "{\"rule\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    Instant time = Instant.parse("2026-11-30T17:00:00Z");
    String five =
        "acme\nfalco-1\na1\n2026-11-30T17:00:00.000Z\n" + HEX.formatHex(sha256(raw)) + "\n";
    String two =
        "falco-1/alert\n" + HEX.formatHex(sha256(five.getBytes(StandardCharsets.UTF_8))) + "\n";
    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initSign(
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(signer.pkcs8())));
    ed25519.update(two.getBytes(StandardCharsets.UTF_8));

    AlertSignature signed =
        AlertSignatures.sign(signer, "acme", "a1", time, Digest.of(sha256(raw)));

    assertEquals(Base64.getEncoder().encodeToString(ed25519.sign()), signed.signature());
    assertEquals(signer.key().vkey(), signed.key());
  }

  @Test
  void anIdOfTwoLinesCannotBeSigned() {
    NoteSigner signer = NoteSigner.generate("falco-1", new SecureRandom());
    assertThrows(
        IllegalArgumentException.class,
        () -> AlertSignatures.sign(signer, "acme", "a\nb", Instant.EPOCH, Digest.ZERO));
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
