package witan.http.json;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.api.Anchors;
import witan.domain.api.Receipt;

/**
 * How far an object of the log is secured by now: {@code LOGGED} (under a signed checkpoint) or
 * {@code ANCHORED} (under a confirmed anchor on the present chain), with its age and where to get
 * the proof. It is computed from the log index, never stored.
 */
public final class AssuranceJson {
  private AssuranceJson() {}

  /**
   * Of the entry at that index.
   *
   * @param loggedAt null where it is not at hand: then there is no age
   */
  public static Map<String, Object> of(
      Anchors.Status status, long index, @Nullable Instant loggedAt, Instant now) {
    Map<String, Object> json = new LinkedHashMap<>();
    boolean anchored = status.covers(index);
    json.put("level", anchored ? "ANCHORED" : "LOGGED");
    json.put("index", index);
    if (loggedAt != null) {
      json.put("ageSeconds", Math.max(0, Duration.between(loggedAt, now).toSeconds()));
    }
    json.put("proof", "/v1/log/proof/inclusion?index=" + index);
    Anchors.Anchored last = status.last();
    if (anchored && last != null && last.size() > index) {
      json.put("anchor", last.ofTree());
    }
    return json;
  }

  /** A receipt; the checkpoint that covers it is added where one is at hand. */
  public static Map<String, Object> receipt(
      Receipt receipt, Anchors.Status status, @Nullable String checkpoint, Instant now) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pid", receipt.pid());
    json.put("seq", receipt.seq());
    json.put("index", receipt.index());
    json.put("repeated", receipt.repeated());
    json.put("entry", "/v1/log/entries/" + receipt.index());
    json.put("assurance", of(status, receipt.index(), null, now));
    if (checkpoint != null) {
      json.put("checkpoint", checkpoint);
    }
    return json;
  }
}
