package witan.domain.detection;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A finding of AWS Security Hub in its own format, ASFF 2018-10-08. Results of checks (those with
 * {@code Compliance}, or of the type "Software and Configuration Checks", to which vulnerabilities
 * belong) describe a state and no incident: they are recorded, passed or not.
 */
final class SecurityHubNormaliser extends FormatNormaliser {
  private static final Set<String> SETTLED = Set.of("RESOLVED", "SUPPRESSED");

  SecurityHubNormaliser() {
    super("asff");
  }

  @Override
  boolean recognises(Map<?, ?> event) {
    return event.get("SchemaVersion") instanceof String
        && event.get("ProductArn") instanceof String;
  }

  @Override
  public String mark() {
    return "\"SchemaVersion\" and \"ProductArn\"";
  }

  @Override
  Normalised read(EventReader event, IngestContext context) throws AlertRefused {
    List<String> types = event.texts("Types");
    String title = EventReader.required("Title", event.text("Title"));
    String rule = event.cloudName("GeneratorId");
    Instant at = Times.iso8601(EventReader.required("UpdatedAt", event.text("UpdatedAt")));
    List<EventReader> resources = event.objects("Resources");
    Reading reading =
        new Reading(
            Reading.revision(event.cloudName("Id"), at),
            rule == null ? EventReader.cut(title, EventReader.MAX_NAME) : rule,
            title,
            severity(event),
            resource(resources, context),
            principal(resources),
            at,
            List.of(),
            tactics(types));
    return outcome(reading, context, notAFinding(event, types));
  }

  /** {@code TTPs/Initial Access/...}, and of {@code Effects} what has the name of a tactic. */
  private static List<Tactic> tactics(List<String> types) {
    Tactics tactics = new Tactics();
    for (String type : types) {
      String[] parts = type.split("/", 3);
      if (parts.length > 1) {
        tactics.add(parts[1].replaceFirst("^Data Exfiltration$", "Exfiltration"));
      }
    }
    return tactics.list();
  }

  /** The label, else the normalised number; {@code FindingProviderFields} has the provider's. */
  private static Severity severity(EventReader event) throws AlertRefused {
    String label = event.firstText("Severity.Label", "FindingProviderFields.Severity.Label");
    if (label != null) {
      return Severities.named(label);
    }
    BigDecimal number = event.number("Severity.Normalized");
    if (number == null) {
      throw new AlertRefused(
          "alert_missing_field",
          "the event has neither \"Severity.Label\" nor \"Severity.Normalized\"",
          "Send the whole event.");
    }
    if (number.signum() < 0 || Severities.atLeast(number, 101)) {
      throw Severities.bad(number.toString(), "0 to 100.");
    }
    if (Severities.atLeast(number, 90)) {
      return Severity.CRITICAL;
    }
    if (Severities.atLeast(number, 70)) {
      return Severity.HIGH;
    }
    if (Severities.atLeast(number, 40)) {
      return Severity.MEDIUM;
    }
    return Severities.atLeast(number, 1) ? Severity.LOW : Severity.INFORMATIONAL;
  }

  private static @Nullable String notAFinding(EventReader event, List<String> types)
      throws AlertRefused {
    String status = event.text("Compliance.Status");
    if (status != null) {
      return switch (status.toUpperCase(Locale.ROOT)) {
        case "PASSED" -> "compliance_passed";
        case "FAILED" -> "compliance_failed";
        case "WARNING" -> "compliance_warning";
        default -> "compliance_not_available";
      };
    }
    if (event.flag("Sample")) {
      return "sample_finding";
    }
    if ("ARCHIVED".equals(event.text("RecordState"))) {
      return "archived";
    }
    String workflow = event.firstText("Workflow.Status", "WorkflowState");
    if (workflow != null && SETTLED.contains(workflow)) {
      return workflow.toLowerCase(Locale.ROOT);
    }
    if (!event.objects("Vulnerabilities").isEmpty() || anyStarts(types, "vulnerabilities")) {
      return "vulnerability";
    }
    boolean check = !types.isEmpty() && types.stream().allMatch(SecurityHubNormaliser::isCheck);
    return check ? "configuration_check" : null;
  }

  private static boolean anyStarts(List<String> types, String category) {
    return types.stream()
        .anyMatch(t -> isCheck(t) && t.toLowerCase(Locale.ROOT).contains("checks/" + category));
  }

  private static boolean isCheck(String type) {
    return type.toLowerCase(Locale.ROOT).startsWith("software and configuration checks");
  }

  /** The first, which is what the finding is about; the account only where nothing else is. */
  private static Resource resource(List<EventReader> resources, IngestContext context)
      throws AlertRefused {
    List<EventReader> ordered = new ArrayList<>();
    List<EventReader> accounts = new ArrayList<>();
    for (EventReader resource : resources) {
      ("AwsAccount".equals(resource.text("Type")) ? accounts : ordered).add(resource);
    }
    ordered.addAll(accounts);
    for (EventReader resource : ordered) {
      String id = resource.cloudName("Id");
      if (id != null) {
        String type = resource.text("Type");
        String user =
            "AwsIamAccessKey".equals(type)
                ? resource.name("Details.AwsIamAccessKey.PrincipalName")
                : null;
        boolean identity = type != null && type.startsWith("AwsIam");
        return Resources.of(
            identity ? ResourceKind.IDENTITY : ResourceKind.CLOUD_RESOURCE,
            context.cluster(),
            user == null ? id : user);
      }
    }
    return Resources.unknown(context);
  }

  private static @Nullable String principal(List<EventReader> resources) throws AlertRefused {
    for (EventReader resource : resources) {
      String principal = resource.text("Details.AwsIamAccessKey.PrincipalName");
      if (principal != null) {
        return principal;
      }
    }
    return null;
  }
}
