package witan.codec.detection;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.detection.Formats;

/** The formats, reading documents in strings by the same strict rules as events. Thread-safe. */
public final class AlertFormats {
  /** Half of the depth for events: what stands inside of one may not be as deep as the whole. */
  private static final Limits EMBEDDED = new Limits(1 << 18, Limits.MAX_DEPTH / 2, 1 << 18);

  public static final Formats ALL = new Formats(AlertFormats::parse);

  private AlertFormats() {}

  private static Optional<Object> parse(String text) {
    try {
      return Optional.ofNullable(
          Json.toTree(Json.parse(text.getBytes(StandardCharsets.UTF_8), EMBEDDED)));
    } catch (JsonRefused e) {
      return Optional.empty();
    }
  }
}
