package witan.domain.detection;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Suricata's EVE JSON output. Events of other types than {@code alert} (flows, protocol logs,
 * {@code stats}, {@code drop}) are no findings. {@code alert.severity} is the rule's priority: 1 is
 * the highest, 255 the lowest, and the classifications that ship with it use 1 to 4.
 */
final class SuricataNormaliser extends FormatNormaliser {
  private static final Pattern EVENT_TYPE = Pattern.compile("[a-z0-9_]{1,40}");

  SuricataNormaliser() {
    super("suricata");
  }

  @Override
  boolean recognises(Map<?, ?> event) {
    return event.get("event_type") instanceof String
        && (event.containsKey("timestamp") || event.get("alert") instanceof Map);
  }

  @Override
  public String mark() {
    return "\"event_type\" and \"timestamp\"";
  }

  @Override
  Normalised read(EventReader event, IngestContext context) throws AlertRefused {
    String type =
        EventReader.required("event_type", event.name("event_type")).toLowerCase(Locale.ROOT);
    if (!EVENT_TYPE.matcher(type).matches()) {
      throw new AlertRefused(
          "alert_bad_name", "not an event type of EVE", "Send \"event_type\" as EVE writes it.");
    }
    Instant at = Times.iso8601(EventReader.required("timestamp", event.text("timestamp")));
    boolean alert = type.equals("alert");
    String rule =
        alert
            ? EventReader.required("alert.signature_id", event.nameOrNumber("alert.signature_id"))
            : type;
    String signature = event.text("alert.signature");
    Reading reading =
        new Reading(
            null,
            rule,
            signature == null ? "Suricata " + type + " " + rule : signature,
            alert ? severity(event.number("alert.severity")) : Severity.INFORMATIONAL,
            resource(event, context),
            null,
            at,
            new Techniques().addAll(event.texts("alert.metadata.mitre_technique_id")).ids(),
            new Tactics()
                .addAll(event.texts("alert.metadata.mitre_tactic_id"))
                .addAll(event.texts("alert.metadata.mitre_tactic_name"))
                .list());
    return outcome(reading, context, alert ? null : "suricata_" + type);
  }

  private static Severity severity(@Nullable BigDecimal priority) throws AlertRefused {
    if (priority == null) {
      return Severity.UNKNOWN;
    }
    if (!Severities.atLeast(priority, 0) || Severities.atLeast(priority, 256)) {
      throw Severities.bad(priority.toString(), "1 (highest) to 255.");
    }
    return switch (priority.intValue()) {
      case 0 -> Severity.UNKNOWN;
      case 1 -> Severity.HIGH;
      case 2 -> Severity.MEDIUM;
      case 3 -> Severity.LOW;
      default -> Severity.INFORMATIONAL;
    };
  }

  private static Resource resource(EventReader event, IngestContext context) throws AlertRefused {
    Resource flow =
        Resources.flow(
            context.cluster(),
            Resources.end(event.name("src_ip"), event.nameOrNumber("src_port")),
            Resources.end(event.name("dest_ip"), event.nameOrNumber("dest_port")));
    if (flow != null) {
      return flow;
    }
    String host = event.name("host");
    return host == null
        ? Resources.unknown(context)
        : Resources.of(ResourceKind.HOST, context.cluster(), host);
  }
}
