package witan.codec.content;

import java.util.Arrays;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.common.Digest;
import witan.domain.governance.BlastRadius;

/** Blast radii as they are stored. */
public final class BlastRadiusJson {
  private static final Limits LIMITS = Limits.ofBytes(16 << 20);

  private BlastRadiusJson() {}

  /** Refuses ({@link JsonRefused}) what has another digest or is no blast radius. */
  public static BlastRadius read(Digest digest, byte[] json) {
    if (!Arrays.equals(Hashes.sha256(json), digest.bytes())) {
      throw new JsonRefused(
          "content_differs", "the blast radius has another digest", "Check the content store.");
    }
    return Json.read(BlastRadius.class, Json.parse(json, LIMITS));
  }
}
