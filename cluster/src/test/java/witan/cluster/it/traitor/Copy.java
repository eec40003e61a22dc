package witan.cluster.it.traitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.DomainEvent;

/** Events made of honest ones by their text, so that a field that is added comes along. */
final class Copy {
  private static final Limits LIMITS = Limits.ofBytes(1 << 20);

  private Copy() {}

  /** Said now. */
  static <E extends DomainEvent> E of(
      Class<E> kind, DomainEvent like, Map<String, String> instead, Consumer<ObjectNode> change) {
    ObjectNode event = (ObjectNode) said(Json.canonical(like), instead);
    event.put("at", Json.format(now()));
    if (event.has("fence") && event.has("deadline")) {
      event.put("deadline", Json.format(now().plusSeconds(60)));
    }
    change.accept(event);
    return kind.cast(Json.read(like.getClass(), event));
  }

  static <E extends DomainEvent> E of(
      Class<E> kind, DomainEvent like, Map<String, String> instead) {
    return of(kind, like, instead, event -> {});
  }

  /** Another value of the same type. */
  static <T> T value(Class<T> type, Object like, Map<String, String> instead) {
    return Json.read(type, said(Json.canonical(like), instead));
  }

  static String text(String like, Map<String, String> instead) {
    String text = like;
    for (Map.Entry<String, String> word : instead.entrySet()) {
      text = text.replace(word.getKey(), word.getValue());
    }
    return text;
  }

  private static com.fasterxml.jackson.databind.JsonNode said(
      byte[] json, Map<String, String> instead) {
    String text = text(new String(json, StandardCharsets.UTF_8), instead);
    return Json.parse(text.getBytes(StandardCharsets.UTF_8), LIMITS);
  }

  /** The first event of that kind. */
  static <E extends DomainEvent> E first(List<Reach.Known> entries, Class<E> kind) {
    return entries.stream()
        .map(Reach.Known::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no " + kind.getSimpleName()));
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
