package witan.domain.detection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Refusal;

/** The formats that are understood. */
public final class Formats {
  /** In the order of detection. */
  private static final List<Normaliser> ALL = List.of(new FalcoNormaliser());

  private Formats() {}

  /** The format that an event looks like. */
  public static Optional<Normaliser> detect(@Nullable Object tree) {
    return ALL.stream().filter(n -> n.recognises(tree)).findFirst();
  }

  public static Optional<Normaliser> named(String format) {
    return ALL.stream().filter(n -> n.format().equals(format)).findFirst();
  }

  /** Detects the format and normalises. */
  public static Normalised normalise(@Nullable Object tree, IngestContext context) {
    if (!(tree instanceof Map)) {
      return new Normalised.Unreadable(
          new Refusal("alert_not_an_object", "an event is a JSON object", "Send one per line."));
    }
    return detect(tree)
        .map(n -> n.normalise(tree, context))
        .orElseGet(
            () ->
                new Normalised.Unreadable(
                    new Refusal(
                        "alert_unknown_format",
                        "the event looks like none of the known formats",
                        "Known: " + ALL.stream().map(Normaliser::format).toList())));
  }
}
