package witan.domain.detection;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The formats that are understood, and the envelopes. An event's format is the one whose required
 * fields it has; where it has those of several, nobody guesses: the sender names the format. Pure,
 * thread-safe, never throws.
 */
public final class Formats {
  /**
   * Grows whenever an event of any format would be read as another alert than before: who reads
   * again what was read then must not do it with other eyes.
   */
  public static final int VERSION = 1;

  private static final String ENVELOPE = "cloudevents";

  /** Other names under which people know a format. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "suricata-eve", "suricata",
          "aws-guardduty", "guardduty",
          "security-hub", "asff",
          "aws-asff", "asff",
          "sentinel", "azure",
          "azure-alert", "azure",
          "elastic-ecs", "ecs",
          "ecs-alert", "ecs");

  private final List<Normaliser> all;
  private final CloudEvents cloudEvents;
  private final Envelope envelope;

  public Formats(EmbeddedJson json) {
    this.cloudEvents = new CloudEvents(json);
    this.envelope = new Envelope(json);
    this.all =
        List.of(
            new OcsfNormaliser(),
            new FalcoNormaliser(),
            new SuricataNormaliser(),
            new GuardDutyNormaliser(),
            new SecurityHubNormaliser(),
            new AzureNormaliser(json),
            new SecurityCommandCenterNormaliser(),
            new WazuhNormaliser(),
            new ElasticNormaliser());
  }

  /** Names that {@link #normalise} takes, without the aliases. */
  public List<String> names() {
    return all.stream().map(Normaliser::format).toList();
  }

  /** Whether {@link #normalise} takes that name; {@code cloudevents} says no more than none. */
  public boolean isKnown(String name) {
    return name.equals(ENVELOPE) || named(name).isPresent();
  }

  /**
   * Opens envelopes, tells the format and normalises.
   *
   * @param format name or alias of the format of the alert itself; null: told from the event
   */
  public Normalised normalise(
      @Nullable Object tree, @Nullable String format, IngestContext context) {
    try {
      boolean wrapped = CloudEvents.is(tree);
      if (tree instanceof Map<?, ?> event && wrapped) {
        return inEnvelope(cloudEvents.open(event), format, context);
      }
      if (ENVELOPE.equals(format)) {
        throw new AlertRefused(
            "cloudevent_invalid",
            "not a CloudEvent: no \"specversion\"",
            "Send one, or no format.");
      }
      return bare(envelope.opened(tree), format, context);
    } catch (AlertRefused e) {
      return new Normalised.Unreadable(e.refusal());
    }
  }

  private Normalised inEnvelope(
      CloudEvents.Opened opened, @Nullable String format, IngestContext context)
      throws AlertRefused {
    String asked = format == null || format.equals(ENVELOPE) ? opened.format() : format;
    Normalised inner = bare(envelope.opened(opened.data()), asked, context);
    String none = context.rawDigest().hex();
    if (inner instanceof Normalised.Finding f && f.alert().alertId().equals(none)) {
      return new Normalised.Finding(f.alert().withId(opened.id()));
    }
    if (inner instanceof Normalised.NotAFinding n && n.alert().alertId().equals(none)) {
      return new Normalised.NotAFinding(n.alert().withId(opened.id()), n.reason());
    }
    return inner;
  }

  private Normalised bare(@Nullable Object tree, @Nullable String format, IngestContext context)
      throws AlertRefused {
    if (!(tree instanceof Map)) {
      return new Normalised.Unreadable(FormatNormaliser.NOT_AN_OBJECT);
    }
    return (format == null ? detected(tree) : asked(format)).normalise(tree, context);
  }

  private Normaliser asked(String format) throws AlertRefused {
    return named(format)
        .orElseThrow(
            () ->
                new AlertRefused(
                    "alert_unknown_format",
                    "there is no format " + EventReader.cut(format, 40),
                    "Known: " + String.join(", ", names()) + "."));
  }

  private Optional<Normaliser> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String known = ALIASES.getOrDefault(lower, lower);
    return all.stream().filter(n -> n.format().equals(known)).findFirst();
  }

  private Normaliser detected(@Nullable Object tree) throws AlertRefused {
    List<Normaliser> found = all.stream().filter(n -> n.recognises(tree)).toList();
    if (found.isEmpty()) {
      throw new AlertRefused(
          "alert_unknown_format",
          "the event has the required fields of none of the known formats",
          "A format is told by: " + marks(all) + ".");
    }
    if (found.size() > 1) {
      throw new AlertRefused(
          "alert_ambiguous_format",
          "the event has the required fields of several formats: " + marks(found),
          "Name the format with ?format=.");
    }
    return found.get(0);
  }

  private static String marks(List<Normaliser> normalisers) {
    return normalisers.stream()
        .map(n -> n.format() + " (" + n.mark() + ")")
        .collect(Collectors.joining("; "));
  }
}
