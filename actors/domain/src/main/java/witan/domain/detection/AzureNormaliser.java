package witan.domain.detection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An alert of Defender for Cloud or Sentinel: a row of the table {@code SecurityAlert}, an alert of
 * the continuous export, an alert of the management API ({@code properties}), or a Sentinel
 * incident; or what {@link GraphAlert} reads. In rows {@code Entities}, {@code Techniques} and
 * others are JSON inside a string.
 */
final class AzureNormaliser extends FormatNormaliser {
  private static final Set<String> IDS =
      Set.of("SystemAlertId", "systemAlertId", "ProviderAlertId", "incidentNumber");
  private static final String SAMPLE = "[sample alert]";
  private static final String TEST = "test alert (not a threat)";

  private final EmbeddedJson json;

  AzureNormaliser(EmbeddedJson json) {
    super("azure");
    this.json = json;
  }

  @Override
  boolean recognises(Map<?, ?> event) {
    return isAlert(event)
        || GraphAlert.is(event)
        || (event.get("properties") instanceof Map<?, ?> inner && isAlert(inner))
        || (event.get("type") instanceof String type
            && type.toLowerCase(Locale.ROOT).startsWith("microsoft.security"));
  }

  private static boolean isAlert(Map<?, ?> event) {
    return IDS.stream().anyMatch(event::containsKey);
  }

  @Override
  public String mark() {
    return "\"SystemAlertId\" or \"ProviderAlertId\", or \"properties\" with them; of Graph"
        + " \"title\", \"severity\", \"createdDateTime\" and \"serviceSource\"";
  }

  @Override
  Normalised read(EventReader whole, IngestContext context) throws AlertRefused {
    if (whole.matches(GraphAlert::is)) {
      return outcome(GraphAlert.read(whole, context), context, GraphAlert.notAFinding(whole));
    }
    boolean wrapped = whole.value("properties") instanceof Map;
    EventReader alert = (wrapped ? whole.object("properties") : whole).inBothSpellings();
    String type = whole.firstText("type", "Type");
    String reason = notAFinding(type, alert);
    String display =
        alert.firstText("alertDisplayName", "displayName", "alertName", "title", "description");
    String rule =
        EventReader.checked("AlertType", alert.firstText("alertType", "productComponentName"), 300);
    String title = display == null ? rule : display;
    Instant at = time(alert);
    AzureEntities entities = AzureEntities.of(alert, json);
    // of an incident; elsewhere it may be anything
    EventReader more =
        alert.value("additionalData") instanceof Map ? alert.object("additionalData") : alert;
    Reading reading =
        new Reading(
            Reading.revision(
                alert.firstName("systemAlertId", "providerAlertId", "vendorOriginalId"), at),
            rule == null ? EventReader.cut(EventReader.required("AlertType", title), 300) : rule,
            EventReader.required("AlertDisplayName", title),
            Severities.named(
                EventReader.required("Severity", alert.firstText("severity", "alertSeverity"))),
            entities.resource(alert, context),
            entities.account(),
            at,
            new Techniques()
                .addAll(several(alert, "techniques"))
                .addAll(several(alert, "subTechniques"))
                .addAll(several(more, "techniques"))
                .ids(),
            new Tactics()
                .addAll(several(alert, "tactics"))
                .addAll(several(alert, "intent"))
                .addAll(several(more, "tactics"))
                .list());
    return outcome(reading, context, reason == null ? sample(title) : reason);
  }

  /** Times of these tables are in UTC, with or without saying so. */
  private static Instant time(EventReader alert) throws AlertRefused {
    return Times.iso8601(
        EventReader.required(
            "TimeGenerated",
            alert.firstText(
                "timeGenerated",
                "timeGeneratedUtc",
                "startTimeUtc",
                "startTime",
                "createdTimeUtc",
                "endTimeUtc")));
  }

  private static @Nullable String notAFinding(@Nullable String type, EventReader alert)
      throws AlertRefused {
    String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
    if (lower.startsWith("microsoft.security/") && !lower.endsWith("alerts")) {
      return "assessment";
    }
    if (!(alert.value("status") instanceof String status)) {
      return null;
    }
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "resolved" -> "resolved";
      case "dismissed" -> "dismissed";
      case "closed" -> "closed";
      default -> null;
    };
  }

  /** What Defender for Cloud's "create sample alerts" and its test of agents are called. */
  private static @Nullable String sample(@Nullable String title) {
    String lower = title == null ? "" : title.toLowerCase(Locale.ROOT);
    return lower.startsWith(SAMPLE) || lower.endsWith(TEST) ? "sample_alert" : null;
  }

  /** An array; or one in a string; or a text with commas. */
  private List<String> several(EventReader alert, String name) throws AlertRefused {
    if (!(alert.value(name) instanceof String text)) {
      return alert.texts(name);
    }
    if (json.parse(text).orElse(null) instanceof List<?> items) {
      List<String> texts = new ArrayList<>();
      items.stream().limit(EventReader.MAX_ITEMS).forEach(i -> texts.add(String.valueOf(i)));
      return texts;
    }
    String head = EventReader.cut(text, 1_000);
    return List.of(head.split(","));
  }
}
