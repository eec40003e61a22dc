package witan.domain.detection;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event in the Elastic Common Schema, nested or flattened, and the alerts of Elastic Security's
 * detection engine. {@code event.kind} tells what it is: {@code alert}, and {@code signal} of older
 * engines, are findings, but for the building blocks of other rules. ECS gives {@code
 * event.severity} no scale of its own; Elastic's are 21, 47, 73 and 99. A number up to 10 is of
 * some source's own scale, whose direction nobody can tell.
 */
final class ElasticNormaliser extends FormatNormaliser {
  private static final List<String> MARKS =
      List.of(
          "kibana.alert.uuid", "kibana.alert.rule.uuid", "kibana.alert.rule.name", "event.kind");

  private static final List<String> THREATS =
      List.of("threat", "rule.threat", "kibana.alert.rule.threat", "signal.rule.threat");

  ElasticNormaliser() {
    super("ecs");
  }

  @Override
  boolean recognises(Map<?, ?> event) {
    return event.containsKey("@timestamp")
        && (MARKS.stream().anyMatch(event::containsKey)
            || (event.get("event") instanceof Map<?, ?> inner && inner.containsKey("kind"))
            || event.get("ecs") instanceof Map
            || event.containsKey("ecs.version")
            || event.get("signal") instanceof Map
            || (event.get("kibana") instanceof Map<?, ?> kibana && kibana.containsKey("alert")));
  }

  @Override
  public String mark() {
    return "\"@timestamp\", and \"event.kind\", \"ecs\" or \"kibana.alert\"";
  }

  @Override
  Normalised read(EventReader asSent, IngestContext context) throws AlertRefused {
    EventReader event = asSent.takingFirst();
    String name =
        event.firstText(
            "kibana.alert.rule.name",
            "signal.rule.name",
            "rule.name",
            "rule.id",
            "event.code",
            "event.action",
            "event.dataset",
            "event.module");
    String rule = EventReader.checked("rule.name", name, EventReader.MAX_NAME);
    String title =
        event.firstText("kibana.alert.reason", "message", "rule.description", "event.original");
    Reading reading =
        new Reading(
            id(event),
            EventReader.required("rule.name", rule),
            title == null && rule != null ? rule : String.valueOf(title),
            severity(event),
            resource(event, context),
            firstOf(event, "user.name", "user.email", "user.id"),
            Times.iso8601(EventReader.required("@timestamp", event.text("@timestamp"))),
            techniques(event),
            tactics(event));
    return outcome(reading, context, notAFinding(event));
  }

  /** {@code event.id} of an alert is copied from the event that several rules may have found. */
  private static @Nullable String id(EventReader event) throws AlertRefused {
    String uuid = event.name("kibana.alert.uuid");
    boolean copied = event.has("kibana.alert.rule.name") || event.has("signal.rule.name");
    return uuid != null || copied ? uuid : event.name("event.id");
  }

  private static @Nullable String notAFinding(EventReader event) throws AlertRefused {
    String status = event.firstText("kibana.alert.workflow_status", "signal.status");
    if ("closed".equals(status)) {
      return "closed";
    }
    if ("recovered".equals(event.text("kibana.alert.status"))) {
      return "recovered";
    }
    // what only other rules are built on
    if (event.has("kibana.alert.building_block_type")
        || event.has("signal.rule.building_block_type")) {
      return "building_block";
    }
    String kind = event.text("event.kind");
    if (kind == null || kind.equals("alert") || kind.equals("signal")) {
      boolean alert =
          kind != null || event.has("kibana.alert.rule.name") || event.has("signal.rule.name");
      return alert ? null : "ecs_unknown_kind";
    }
    return kind.matches("[a-z_]{1,40}") ? "ecs_" + kind : "ecs_unknown_kind";
  }

  private static Severity severity(EventReader event) throws AlertRefused {
    Severity named =
        Severities.known(
            event.firstText(
                "kibana.alert.severity", "kibana.alert.rule.severity", "signal.rule.severity"));
    if (named != null) {
      return named;
    }
    Object own = event.value("event.severity");
    BigDecimal number =
        event.number(own == null || own instanceof String ? "event.risk_score" : "event.severity");
    if (own instanceof String text) {
      Severity said = Severities.known(text);
      return said == null ? Severity.UNKNOWN : said;
    }
    if (number == null || !Severities.atLeast(number, 11) || Severities.atLeast(number, 101)) {
      return Severity.UNKNOWN;
    }
    if (Severities.atLeast(number, 74)) {
      return Severity.CRITICAL;
    }
    if (Severities.atLeast(number, 48)) {
      return Severity.HIGH;
    }
    return Severities.atLeast(number, 22) ? Severity.MEDIUM : Severity.LOW;
  }

  private static Resource resource(EventReader event, IngestContext context) throws AlertRefused {
    String cluster = context.cluster();
    String type = event.text("orchestrator.resource.type");
    String object = event.name("orchestrator.resource.name");
    if (object != null) {
      return Resources.kubernetes(
          cluster, event.name("orchestrator.namespace"), type == null ? "object" : type, object);
    }
    String pod = event.name("kubernetes.pod.name");
    if (pod != null) {
      return Resources.pod(cluster, event.name("kubernetes.namespace"), pod);
    }
    String container = event.firstName("container.id", "container.name");
    if (container != null) {
      return Resources.of(ResourceKind.CONTAINER, cluster, container);
    }
    String host = event.firstName("host.name", "host.hostname", "host.id", "agent.name");
    if (host != null) {
      return Resources.of(ResourceKind.HOST, cluster, host);
    }
    Resource cloud = Resources.cloud(cluster, event.cloudName("cloud.instance.id"));
    if (cloud != null) {
      return cloud;
    }
    String user = firstOf(event, "user.name", "user.email", "user.id", "related.user");
    if (user != null) {
      String checked = EventReader.checked("user.name", user, EventReader.MAX_NAME);
      return Resources.of(ResourceKind.IDENTITY, cluster, String.valueOf(checked));
    }
    Resource flow =
        Resources.flow(
            cluster,
            Resources.end(event.name("source.ip"), event.nameOrNumber("source.port")),
            Resources.end(event.name("destination.ip"), event.nameOrNumber("destination.port")));
    return flow == null ? Resources.unknown(context) : flow;
  }

  /** ECS allows an array wherever one value may stand. */
  private static @Nullable String firstOf(EventReader event, String... names) throws AlertRefused {
    for (String name : names) {
      List<String> texts = event.texts(name);
      if (!texts.isEmpty()) {
        return texts.get(0);
      }
    }
    return null;
  }

  private static List<EventReader> threats(EventReader event) throws AlertRefused {
    List<EventReader> threats = new ArrayList<>();
    for (String at : THREATS) {
      threats.addAll(event.objects(at));
    }
    return threats;
  }

  /** Nothing where the object is there as such, and was read. */
  private static List<String> flattened(EventReader event, String object, String rest)
      throws AlertRefused {
    return event.value(object) == null ? event.texts(object + rest) : List.of();
  }

  private static List<Tactic> tactics(EventReader event) throws AlertRefused {
    Tactics tactics = new Tactics();
    for (EventReader threat : threats(event)) {
      for (EventReader tactic : threat.objects("tactic")) {
        tactics.addAll(tactic.texts("id")).addAll(tactic.texts("name"));
      }
    }
    for (String at : THREATS) {
      tactics
          .addAll(flattened(event, at, ".tactic.id"))
          .addAll(flattened(event, at, ".tactic.name"));
    }
    return tactics.list();
  }

  private static List<String> techniques(EventReader event) throws AlertRefused {
    Techniques techniques = new Techniques();
    for (EventReader threat : threats(event)) {
      for (EventReader technique : threat.objects("technique")) {
        techniques.addAll(technique.texts("id"));
        for (EventReader sub : technique.objects("subtechnique")) {
          techniques.addAll(sub.texts("id"));
        }
      }
    }
    for (String at : THREATS) {
      techniques
          .addAll(flattened(event, at, ".technique.id"))
          .addAll(flattened(event, at, ".technique.subtechnique.id"));
    }
    return techniques.ids();
  }
}
