package witan.domain.detection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A finding of Google Cloud's Security Command Center, bare or in a notification message ({@code
 * finding} beside {@code resource}). Of its classes only {@code THREAT} tells of something that
 * happened; misconfigurations, vulnerabilities, posture and the like are states and are recorded.
 * Findings from before there were classes tell by the scanner's name that only Security Health
 * Analytics writes.
 */
final class SecurityCommandCenterNormaliser extends FormatNormaliser {
  private static final Set<String> CLASSES =
      Set.of(
          "VULNERABILITY",
          "MISCONFIGURATION",
          "OBSERVATION",
          "SCC_ERROR",
          "POSTURE_VIOLATION",
          "TOXIC_COMBINATION",
          "SENSITIVE_DATA_RISK",
          "CHOKEPOINT");

  SecurityCommandCenterNormaliser() {
    super("gcp-scc");
  }

  @Override
  boolean recognises(Map<?, ?> event) {
    return event.get("finding") instanceof Map<?, ?> finding
        ? finding.get("category") instanceof String || isName(finding.get("name"))
        : event.get("category") instanceof String && isName(event.get("name"));
  }

  private static boolean isName(@Nullable Object name) {
    return name instanceof String text && text.contains("/sources/") && text.contains("/findings/");
  }

  @Override
  public String mark() {
    return "\"finding\" with \"category\", or \"category\" and a \"name\" in a source's findings";
  }

  @Override
  Normalised read(EventReader message, IngestContext context) throws AlertRefused {
    EventReader finding = message.has("finding") ? message.object("finding") : message;
    String category = EventReader.required("category", finding.name("category"));
    Instant at =
        Times.iso8601(
            EventReader.required(
                "eventTime", finding.firstText("eventTime", "event_time", "createTime")));
    String description = finding.text("description");
    Reading reading =
        new Reading(
            Reading.revision(finding.cloudName("name"), at),
            category,
            description == null ? category : category + ": " + description,
            severity(finding),
            resource(message, finding, context),
            principal(finding),
            at,
            techniques(finding),
            tactics(finding.object("mitreAttack")));
    return outcome(reading, context, notAFinding(finding));
  }

  /** Findings from before there was {@code severity} have it in the source's own properties. */
  private static Severity severity(EventReader finding) throws AlertRefused {
    String severity = finding.text("severity");
    if (severity == null) {
      EventReader own = finding.object("sourceProperties");
      severity = own.firstText("SeverityLevel", "severityLevel", "detectionPriority");
    }
    return severity == null ? Severity.UNKNOWN : Severities.named(severity);
  }

  private static @Nullable String notAFinding(EventReader finding) throws AlertRefused {
    if ("INACTIVE".equals(finding.text("state"))) {
      return "inactive";
    }
    if ("MUTED".equals(finding.text("mute"))) {
      return "muted";
    }
    String type = finding.firstText("findingClass", "finding_class");
    if (type == null) {
      boolean scanned = finding.object("sourceProperties").text("ScannerName") != null;
      return scanned ? "misconfiguration" : null;
    }
    return CLASSES.contains(type) ? type.toLowerCase(Locale.ROOT) : null;
  }

  private static Resource resource(EventReader message, EventReader finding, IngestContext context)
      throws AlertRefused {
    for (EventReader pod : finding.object("kubernetes").objects("pods")) {
      String name = pod.name("name");
      if (name != null) {
        return Resources.pod(context.cluster(), pod.firstName("ns", "namespace"), name);
      }
    }
    String name = finding.firstCloudName("resourceName", "resource_name", "resource.name");
    Resource named =
        Resources.cloud(
            context.cluster(), name == null ? message.cloudName("resource.name") : name);
    return named == null ? Resources.unknown(context) : named;
  }

  private static @Nullable String principal(EventReader finding) throws AlertRefused {
    String principal = finding.text("access.principalEmail");
    EventReader own = finding.object("sourceProperties");
    return principal == null && own.value("properties") instanceof Map
        ? own.text("properties.principalEmail")
        : principal;
  }

  private static List<Tactic> tactics(EventReader attack) throws AlertRefused {
    return new Tactics()
        .add(attack.text("primaryTactic"))
        .addAll(attack.texts("additionalTactics"))
        .list();
  }

  private static List<String> techniques(EventReader finding) throws AlertRefused {
    EventReader attack = finding.object("mitreAttack");
    List<String> names = new ArrayList<>(attack.texts("primaryTechniques"));
    names.addAll(attack.texts("additionalTechniques"));
    Techniques techniques = new Techniques();
    for (String name : names) {
      techniques.add(CommandCenterTechniques.id(name));
    }
    // what Event Threat Detection wrote before there was mitreAttack
    EventReader own = finding.object("sourceProperties");
    if (own.value("contextUris") instanceof Map) {
      for (EventReader link : own.objects("contextUris.mitreUri")) {
        techniques.add(link.text("url"));
      }
    }
    return techniques.ids();
  }
}
