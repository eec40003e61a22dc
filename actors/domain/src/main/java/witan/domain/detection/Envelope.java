package witan.domain.detection;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an event comes wrapped in, besides CloudEvents: EventBridge ({@code detail-type} and {@code
 * detail}; Security Hub puts one or more findings there), also inside a notification of SNS ({@code
 * Message}), a push of Pub/Sub ({@code message.data}, Base64), a playbook's trigger of Sentinel
 * ({@code object}), and a hit of Elasticsearch ({@code _source}, or {@code fields}, where every
 * value is an array).
 */
final class Envelope {
  private final EmbeddedJson json;

  Envelope(EmbeddedJson json) {
    this.json = json;
  }

  /** What is inside, or the event itself. */
  @Nullable Object opened(@Nullable Object tree) throws AlertRefused {
    if (!(tree instanceof Map<?, ?> event)) {
      return tree;
    }
    if (event.containsKey("_index")) {
      return hit(event);
    }
    if (event.containsKey("TopicArn") && event.get("Message") instanceof String message) {
      return detail(parsed("Message", message));
    }
    if (event.get("message") instanceof Map<?, ?> message
        && event.containsKey("subscription")
        && message.get("data") instanceof String data) {
      return parsed("message.data", decoded(data));
    }
    if (event.containsKey("objectSchemaType") && event.get("object") instanceof Map<?, ?> object) {
      return object;
    }
    return detail(event);
  }

  private static @Nullable Object detail(@Nullable Object tree) throws AlertRefused {
    if (!(tree instanceof Map<?, ?> event)
        || !(event.get("detail-type") instanceof String)
        || !event.containsKey("detail")) {
      return tree;
    }
    Object detail = event.get("detail");
    if (detail instanceof Map<?, ?> map && map.get("findings") instanceof List<?> findings) {
      if (findings.size() != 1) {
        throw new AlertRefused(
            "alert_several_findings",
            "the event holds " + findings.size() + " findings",
            "Send each finding by itself, as a line or an element of an array.");
      }
      return findings.get(0);
    }
    return detail;
  }

  private static Object hit(Map<?, ?> event) {
    if (event.get("_source") instanceof Map<?, ?> source) {
      return source;
    }
    if (!(event.get("fields") instanceof Map<?, ?> fields)) {
      return event;
    }
    Map<Object, Object> single = new LinkedHashMap<>();
    fields.forEach(
        (name, value) ->
            single.put(name, value instanceof List<?> one && one.size() == 1 ? one.get(0) : value));
    return single;
  }

  private @Nullable Object parsed(String where, String text) throws AlertRefused {
    Optional<Object> document = json.parse(text);
    if (document.isEmpty()) {
      throw notJson(where);
    }
    return document.get();
  }

  private static String decoded(String text) throws AlertRefused {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw notJson("message.data");
    }
  }

  private static AlertRefused notJson(String where) {
    return new AlertRefused(
        "alert_not_json", "\"" + where + "\" holds no JSON document", "Send the alert as JSON.");
  }
}
