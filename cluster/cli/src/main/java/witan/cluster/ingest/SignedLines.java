package witan.cluster.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.detection.AlertSignature;
import witan.log.checkpoint.NoteSigner;
import witan.signing.AlertSignatures;

/**
 * Puts each alert into the envelope that says whose it is. An alert is known by its text's digest,
 * so that the same line is the same alert however often it is sent.
 *
 * @param signer named after the sensor
 * @param clock the sensor's own; the council believes ten minutes of difference
 */
public record SignedLines(NoteSigner signer, String councilId, InstantSource clock) {
  private static final JcsContentHasher HASHER = new JcsContentHasher();

  /** The lines, each in an envelope; blank ones are left out. */
  byte[] of(byte[] lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(lines.length * 2);
    new String(lines, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(
            line -> {
              out.writeBytes(envelope(line));
              out.write('\n');
            });
    return out.toByteArray();
  }

  /** One alert in its envelope. */
  public byte[] envelope(String alert) {
    Digest raw = HASHER.text(alert);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    AlertSignature signed = AlertSignatures.sign(signer, councilId, raw.hex(), now, raw);
    ObjectNode inner =
        Json.mapper()
            .createObjectNode()
            .put("alert", alert)
            .put("alertId", raw.hex())
            .put("time", Json.format(now))
            .put("key", signed.key())
            .put("signature", signed.signature());
    return Json.canonical(Json.mapper().createObjectNode().set("signedAlert", inner));
  }
}
