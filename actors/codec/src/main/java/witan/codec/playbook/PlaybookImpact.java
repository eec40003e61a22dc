package witan.codec.playbook;

import com.fasterxml.jackson.databind.JsonNode;

/** How grave a playbook says it is. */
public final class PlaybookImpact {
  private PlaybookImpact() {}

  /** CACAO {@code impact}; 0, "not defined", where the document has none. */
  public static int of(JsonNode document) {
    return document.path("impact").asInt(0);
  }
}
