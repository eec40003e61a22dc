package witan.domain.detection;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Falco's JSON output ({@code json_output}), plain or forwarded by falcosidekick, which may add
 * custom fields such as {@code uuid}. {@code output}, {@code tags}, {@code hostname}, {@code
 * source} and {@code output_fields} depend on settings and versions and may be missing.
 */
public final class FalcoNormaliser extends FormatNormaliser {
  /** Falco's priorities are those of syslog; {@code info} is how rule files spell the seventh. */
  private static final Map<String, Severity> SEVERITIES =
      Map.of(
          "emergency", Severity.FATAL,
          "alert", Severity.CRITICAL,
          "critical", Severity.CRITICAL,
          "error", Severity.HIGH,
          "warning", Severity.MEDIUM,
          "notice", Severity.LOW,
          "informational", Severity.INFORMATIONAL,
          "info", Severity.INFORMATIONAL,
          "debug", Severity.INFORMATIONAL);

  /** The time and priority that Falco writes before every output; both are known already. */
  private static final Pattern PREFIX =
      Pattern.compile("^\\d\\d:\\d\\d:\\d\\d\\.\\d{1,9}: [A-Z][a-z]{3,12} (?=.)");

  public FalcoNormaliser() {
    super("falco");
  }

  @Override
  boolean recognises(Map<?, ?> event) {
    return (event.get("rule") instanceof String || event.get("Rule") instanceof String)
        && event.containsKey("priority");
  }

  @Override
  public String mark() {
    return "\"rule\" and \"priority\"";
  }

  @Override
  Normalised read(EventReader top, IngestContext context) throws AlertRefused {
    EventReader fields = top.object("output_fields");
    String rule = EventReader.required("rule", top.firstName("rule", "Rule"));
    String output = top.text("output");
    String source = top.text("source");
    String host = top.name("hostname");
    Reading reading =
        new Reading(
            top.name("uuid"),
            rule,
            title(output == null ? rule : output),
            severity(EventReader.required("priority", top.text("priority"))),
            resource(fields, source, host, context),
            fields.text(principalField(source)),
            Times.rfc3339(EventReader.required("time", top.text("time"))),
            new Techniques().addAll(top.texts("tags")).ids(),
            tactics(top.texts("tags")));
    return outcome(reading, context, notAFinding(rule, output, source));
  }

  private static Severity severity(String priority) throws AlertRefused {
    Severity severity = SEVERITIES.get(priority.strip().toLowerCase(Locale.ROOT));
    if (severity == null) {
      throw new AlertRefused(
          "alert_bad_priority",
          "not a priority of Falco: " + EventReader.cut(priority, 40),
          "Known: Emergency, Alert, Critical, Error, Warning, Notice, Informational, Debug.");
    }
    return severity;
  }

  /** Rules of Falco are tagged {@code mitre_execution}, or with a tactic's id. */
  private static List<Tactic> tactics(List<String> tags) {
    Tactics tactics = new Tactics();
    for (String tag : tags) {
      String lower = tag.strip().toLowerCase(Locale.ROOT);
      if (lower.startsWith("mitre_") || lower.startsWith("ta0")) {
        tactics.add(lower.replaceFirst("^mitre_", ""));
      }
    }
    return tactics.list();
  }

  /** What Falco says of itself, and the test of falcosidekick's {@code POST /test}. */
  private static @Nullable String notAFinding(
      String rule, @Nullable String output, @Nullable String source) {
    String name = rule.toLowerCase(Locale.ROOT);
    if (name.equals("falco internal: metrics snapshot")) {
      return "metrics_snapshot";
    }
    if (name.equals("falco internal: syscall event drop")) {
      return "syscall_event_drop";
    }
    if (name.startsWith("falco internal:") || "internal".equals(source)) {
      return "engine_internal";
    }
    boolean test = output != null && output.startsWith("This is a test from falcosidekick");
    return test && name.equals("test rule") ? "test_event" : null;
  }

  private static String title(String output) {
    // only the head is looked at, however long the text is
    String head = EventReader.cut(output, 2 * EventReader.MAX_TITLE);
    return EventReader.cut(PREFIX.matcher(head).replaceFirst(""), EventReader.MAX_TITLE);
  }

  private static String principalField(@Nullable String source) {
    if (source == null || source.startsWith("syscall")) {
      return "user.name";
    }
    return switch (source) {
      case "k8s_audit" -> "ka.user.name";
      case "gcp_auditlog", "auditlogs" -> "gcp.user";
      case "aws_cloudtrail" -> "ct.user";
      default -> "user.name";
    };
  }

  /** The most specific thing that is named; a plugin's host is only where the plugin runs. */
  private static Resource resource(
      EventReader fields, @Nullable String source, @Nullable String topHost, IngestContext context)
      throws AlertRefused {
    String cluster = context.cluster();
    String pod = fields.firstName("k8s.pod.name", "k8smeta.pod.name");
    if (pod != null) {
      return Resources.pod(cluster, fields.firstName("k8s.ns.name", "k8smeta.ns.name"), pod);
    }
    String kind = fields.name("ka.target.resource");
    if (kind != null) {
      return Resources.kubernetes(
          cluster, fields.name("ka.target.namespace"), kind, fields.name("ka.target.name"));
    }
    String container = fields.name("container.id");
    // Falco says "host" for a process that is in no container
    if (container != null && !container.equals("host")) {
      return new Resource(ResourceKind.CONTAINER, cluster, null, container);
    }
    String cloud = fields.firstName("gcp.storage.bucket", "s3.bucket");
    if (cloud != null) {
      return new Resource(ResourceKind.CLOUD_RESOURCE, cluster, null, "bucket/" + cloud);
    }
    boolean kernel = source == null || source.startsWith("syscall") || source.equals("internal");
    String principal = kernel ? null : fields.name(principalField(source));
    if (principal != null) {
      return new Resource(ResourceKind.IDENTITY, cluster, null, principal);
    }
    String host = topHost == null ? fields.firstName("evt.hostname", "hostname") : topHost;
    return host == null
        ? new Resource(ResourceKind.UNKNOWN, cluster, null, context.sensor())
        : new Resource(ResourceKind.HOST, cluster, null, host);
  }
}
