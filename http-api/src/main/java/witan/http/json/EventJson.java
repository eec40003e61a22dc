package witan.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import witan.answers.log.EventAnswer;
import witan.codec.json.Json;
import witan.domain.api.Anchors;
import witan.domain.api.LoggedEvent;
import witan.domain.common.DomainEvent;

/**
 * A logged event in the feed. A feed is copied and kept by its readers, out of reach of an erasure,
 * so it carries less than a single read: never the raw alert, and the principal and title of an
 * alert for auditors only. What was left out is named in {@code withheld}.
 */
public final class EventJson {
  /** Accounts and free text, in which sensors quote users and command lines. */
  private static final List<String> PERSONAL = List.of("principal", "title");

  private EventJson() {}

  public static EventAnswer of(
      LoggedEvent logged, boolean auditor, Anchors.Status anchors, Instant now) {
    List<String> withheld = new ArrayList<>();
    JsonNode event = logged.event() == null ? null : shown(logged.event(), auditor, withheld);
    return new EventAnswer(
        logged.index(),
        logged.pid(),
        logged.seq(),
        logged.type(),
        logged.caseId(),
        logged.at(),
        logged.actor(),
        event == null ? true : null,
        event,
        withheld,
        AssuranceJson.of(anchors, logged.index(), logged.at(), now));
  }

  private static JsonNode shown(DomainEvent logged, boolean auditor, List<String> withheld) {
    ObjectNode event = (ObjectNode) Json.node(logged);
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
    return event;
  }
}
