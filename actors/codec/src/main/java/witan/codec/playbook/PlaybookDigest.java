package witan.codec.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.domain.common.Digest;

/** The content address of a playbook. */
public final class PlaybookDigest {
  private PlaybookDigest() {}

  /** SHA-256 over RFC 8785 JSON without {@code signatures}, which sign exactly that. */
  public static Digest of(JsonNode document) {
    if (!(document instanceof ObjectNode playbook)) {
      throw new JsonRefused("playbook_malformed", "a playbook is a JSON object", "Check the file.");
    }
    ObjectNode unsigned = playbook.objectNode();
    unsigned.setAll(playbook);
    unsigned.remove("signatures");
    return Digest.of(Hashes.sha256(Json.canonical(unsigned)));
  }
}
