package witan.domain.detection;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event comes wrapped in, besides CloudEvents: EventBridge ({@code detail-type} and {@code
 * detail}; Security Hub puts one or more findings there) and a hit of Elasticsearch ({@code
 * _source}).
 */
final class Envelope {
  private Envelope() {}

  /** What is inside, or the event itself. */
  static @Nullable Object opened(@Nullable Object tree) throws AlertRefused {
    if (!(tree instanceof Map<?, ?> event)) {
      return tree;
    }
    if (event.get("_source") instanceof Map<?, ?> hit && event.containsKey("_index")) {
      return hit;
    }
    if (!(event.get("detail-type") instanceof String) || !event.containsKey("detail")) {
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
}
