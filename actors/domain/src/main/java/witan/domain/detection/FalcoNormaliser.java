package witan.domain.detection;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Refusal;
import witan.domain.detection.Normalised.Finding;
import witan.domain.detection.Normalised.NotAFinding;
import witan.domain.detection.Normalised.Unreadable;

/**
 * Falco's JSON output ({@code json_output}), plain or forwarded by falcosidekick, which may add
 * custom fields such as {@code uuid}. {@code output}, {@code tags}, {@code hostname}, {@code
 * source} and {@code output_fields} depend on settings and versions and may be missing.
 */
public final class FalcoNormaliser implements Normaliser {
  private static final int MAX_TAGS = 200;
  private static final int MAX_TECHNIQUES = 32;

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

  /** {@code T1059}, {@code T1059.004}, {@code mitre_t1059}, {@code T1562-impair-defenses}. */
  private static final Pattern TECHNIQUE =
      Pattern.compile("(?:mitre[_-])?t(\\d{4})(?:[._](\\d{3}))?(?:[-_: ].{0,100})?");

  /** The time and priority that Falco writes before every output; both are known already. */
  private static final Pattern PREFIX =
      Pattern.compile("^\\d\\d:\\d\\d:\\d\\d\\.\\d{1,9}: [A-Z][a-z]{3,12} (?=.)");

  /** Kubernetes object names: RFC 1123 subdomains. */
  private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  @Override
  public String format() {
    return "falco";
  }

  @Override
  public boolean recognises(@Nullable Object tree) {
    return tree instanceof Map<?, ?> event
        && (event.get("rule") instanceof String || event.get("Rule") instanceof String)
        && event.containsKey("priority");
  }

  @Override
  public Normalised normalise(@Nullable Object tree, IngestContext context) {
    if (!(tree instanceof Map<?, ?> event)) {
      return new Unreadable(
          new Refusal("alert_not_an_object", "an event is a JSON object", "Send one per line."));
    }
    try {
      return read(event, context);
    } catch (AlertRefused e) {
      return new Unreadable(e.refusal());
    }
  }

  private static Normalised read(Map<?, ?> event, IngestContext context) throws AlertRefused {
    EventReader top = new EventReader(event);
    EventReader fields = fields(event);
    String rule = EventReader.required("rule", top.firstName("rule", "Rule"));
    String output = top.text("output");
    String source = top.text("source");
    String host = top.name("hostname");
    String uuid = top.name("uuid");
    String principal = fields.text(principalField(source));
    Alert alert =
        new Alert(
            context.sensor(),
            uuid == null ? context.rawDigest().hex() : uuid,
            "falco",
            rule,
            title(output == null ? rule : output),
            severity(EventReader.required("priority", top.text("priority"))),
            resource(fields, source, host, context),
            principal == null ? null : EventReader.cut(principal, EventReader.MAX_PRINCIPAL),
            EventReader.time(EventReader.required("time", top.text("time"))),
            techniques(event.get("tags")),
            context.rawDigest(),
            context.ingestedAt());
    String reason = notAFinding(rule, output, source);
    return reason == null ? new Finding(alert) : new NotAFinding(alert, reason);
  }

  private static EventReader fields(Map<?, ?> event) throws AlertRefused {
    Object fields = event.get("output_fields");
    if (fields == null) {
      return new EventReader(Map.of());
    }
    if (fields instanceof Map<?, ?> map) {
      return new EventReader(map);
    }
    throw new AlertRefused(
        "alert_wrong_type", "\"output_fields\" is not an object", "Send it as an object.");
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
      return pod(cluster, fields.firstName("k8s.ns.name", "k8smeta.ns.name"), pod);
    }
    String kind = fields.name("ka.target.resource");
    if (kind != null) {
      String namespace = fields.name("ka.target.namespace");
      String name = fields.name("ka.target.name");
      if (kind.equals("pods") && name != null) {
        return pod(cluster, namespace, name);
      }
      // objects of different kinds may share a name
      String path = name == null ? kind : kind + "/" + name;
      return new Resource(ResourceKind.KUBERNETES_OBJECT, cluster, namespace, path);
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

  /** These names may become the target of a response, so they are what Kubernetes allows. */
  private static Resource pod(String cluster, @Nullable String namespace, String name)
      throws AlertRefused {
    for (String part : namespace == null ? List.of(name) : List.of(namespace, name)) {
      if (!DNS_NAME.matcher(part).matches()) {
        throw new AlertRefused(
            "alert_bad_name",
            "not a Kubernetes name: " + EventReader.cut(part, 60),
            "Send namespace and pod as Kubernetes names them.");
      }
    }
    return new Resource(ResourceKind.POD, cluster, namespace, name);
  }

  /** Tags that name a technique; tactics ({@code mitre_execution}, {@code TA0005}) do not. */
  private static List<String> techniques(@Nullable Object tags) throws AlertRefused {
    if (tags == null) {
      return List.of();
    }
    if (!(tags instanceof Collection<?> list)) {
      throw new AlertRefused("alert_wrong_type", "\"tags\" is not an array", "Send an array.");
    }
    TreeSet<String> techniques = new TreeSet<>();
    int seen = 0;
    for (Object tag : list) {
      if (++seen > MAX_TAGS || techniques.size() == MAX_TECHNIQUES) {
        break;
      }
      if (!(tag instanceof String text)) {
        throw new AlertRefused("alert_wrong_type", "a tag is not a string", "Send strings.");
      }
      Matcher matcher = TECHNIQUE.matcher(text.strip().toLowerCase(Locale.ROOT));
      if (text.length() <= EventReader.MAX_NAME && matcher.matches()) {
        String sub = matcher.group(2);
        techniques.add("T" + matcher.group(1) + (sub == null ? "" : "." + sub));
      }
    }
    return List.copyOf(techniques);
  }
}
