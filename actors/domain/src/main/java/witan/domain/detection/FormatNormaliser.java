package witan.domain.detection;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Refusal;

/** What all normalisers do alike. */
abstract class FormatNormaliser implements Normaliser {
  private final String format;

  FormatNormaliser(String format) {
    this.format = format;
  }

  /** Whether the event has the fields that its format requires. */
  abstract boolean recognises(Map<?, ?> event);

  abstract Normalised read(EventReader event, IngestContext context) throws AlertRefused;

  @Override
  public final String format() {
    return format;
  }

  @Override
  public final boolean recognises(@Nullable Object tree) {
    return tree instanceof Map<?, ?> event && recognises(event);
  }

  @Override
  public final Normalised normalise(@Nullable Object tree, IngestContext context) {
    if (!(tree instanceof Map<?, ?> event)) {
      return new Normalised.Unreadable(NOT_AN_OBJECT);
    }
    try {
      return read(new EventReader(event), context);
    } catch (AlertRefused e) {
      return new Normalised.Unreadable(e.refusal());
    }
  }

  /**
   * A finding, or not.
   *
   * @param reason why it is none; null when it is one
   */
  final Normalised outcome(Reading reading, IngestContext context, @Nullable String reason) {
    Alert alert = reading.alert(format, context);
    return reason == null
        ? new Normalised.Finding(alert)
        : new Normalised.NotAFinding(alert, reason);
  }

  static final Refusal NOT_AN_OBJECT =
      new Refusal("alert_not_an_object", "an event is a JSON object", "Send one per line.");
}
