package witan.http.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import witan.codec.json.Json;
import witan.domain.api.Anchors;
import witan.domain.api.LoggedEvent;

/**
 * A logged event in the feed. A feed is copied and kept by its readers, out of reach of an erasure,
 * so it carries less than a single read: never the raw alert, and the principal and title of an
 * alert for auditors only. What was left out is named in {@code withheld}.
 */
public final class EventJson {
  /** Accounts and free text, in which sensors quote users and command lines. */
  private static final List<String> PERSONAL = List.of("principal", "title");

  private EventJson() {}

  public static Map<String, Object> of(
      LoggedEvent logged, boolean auditor, Anchors.Status anchors, Instant now) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("index", logged.index());
    json.put("pid", logged.pid());
    json.put("seq", logged.seq());
    json.put("type", logged.type());
    json.put("case", logged.caseId());
    json.put("at", Json.format(logged.at()));
    json.put("actor", logged.actor());
    List<String> withheld = new ArrayList<>();
    if (logged.event() == null) {
      json.put("erased", true);
    } else {
      ObjectNode event = (ObjectNode) Json.node(logged.event());
      event.remove("at");
      if (event.remove("raw") != null) {
        withheld.add("raw");
      }
      if (!auditor && event.get("alert") instanceof ObjectNode alert) {
        for (String field : PERSONAL) {
          if (alert.remove(field) != null) {
            withheld.add("alert." + field);
          }
        }
      }
      json.put("event", event);
    }
    json.put("withheld", withheld);
    json.put("assurance", AssuranceJson.of(anchors, logged.index(), logged.at(), now));
    return json;
  }
}
