package witan.domain.detection;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert of Wazuh's {@code alerts.json}. Of the rule levels (documented under "Rules
 * classification") 0 to 3 are what was ignored, status messages and what succeeded or was allowed:
 * no findings. From there on the severities are those of Wazuh's own dashboard: to 6 low, to 11
 * medium, to 14 high, then critical. Version 5 names its levels instead.
 */
final class WazuhNormaliser extends FormatNormaliser {
  private static final int FIRST_RELEVANT = 4;
  private static final int LAST_LEVEL = 16;

  WazuhNormaliser() {
    super("wazuh");
  }

  @Override
  boolean recognises(Map<?, ?> event) {
    return event.get("rule") instanceof Map<?, ?> rule
        && rule.get("level") != null
        && (event.containsKey("agent") || event.containsKey("manager"));
  }

  @Override
  public String mark() {
    return "\"rule\" with \"level\", and \"agent\" or \"manager\"";
  }

  @Override
  Normalised read(EventReader event, IngestContext context) throws AlertRefused {
    String rule = EventReader.required("rule.id", event.nameOrNumber("rule.id"));
    String title = event.firstText("rule.description", "rule.title");
    Instant at =
        Times.iso8601(
            EventReader.required("timestamp", event.firstText("timestamp", "@timestamp")));
    Object level = event.value("rule.level");
    boolean named = level instanceof String;
    Severity severity =
        named
            ? Severities.named(EventReader.required("rule.level", event.text("rule.level")))
            : severity(event.number("rule.level"));
    Reading reading =
        new Reading(
            event.firstName("id", "event.id"),
            rule,
            title == null ? "Wazuh rule " + rule : title,
            severity,
            resource(event, context),
            event.firstText("data.dstuser", "data.srcuser"),
            at,
            new Techniques()
                .addAll(
                    event.value("rule.mitre.technique") instanceof Map
                        ? event.texts("rule.mitre.technique.id")
                        : event.texts("rule.mitre.id"))
                .ids(),
            new Tactics()
                .addAll(
                    event.value("rule.mitre.tactic") instanceof Map
                        ? event.texts("rule.mitre.tactic.name")
                        : event.texts("rule.mitre.tactic"))
                .list());
    return outcome(reading, context, notAFinding(event, severity));
  }

  private static Severity severity(@Nullable BigDecimal level) throws AlertRefused {
    if (level == null || level.signum() < 0 || Severities.atLeast(level, LAST_LEVEL + 1)) {
      throw Severities.bad(String.valueOf(level), "0 to 16.");
    }
    if (Severities.atLeast(level, 15)) {
      return Severity.CRITICAL;
    }
    if (Severities.atLeast(level, 12)) {
      return Severity.HIGH;
    }
    if (Severities.atLeast(level, 7)) {
      return Severity.MEDIUM;
    }
    return Severities.atLeast(level, FIRST_RELEVANT) ? Severity.LOW : Severity.INFORMATIONAL;
  }

  private static @Nullable String notAFinding(EventReader event, Severity severity)
      throws AlertRefused {
    if (event.value("data.sca") instanceof Map) {
      return "compliance_check";
    }
    if (event.value("data.vulnerability") instanceof Map) {
      return "vulnerability";
    }
    return severity == Severity.INFORMATIONAL ? "no_security_relevance" : null;
  }

  private static Resource resource(EventReader event, IngestContext context) throws AlertRefused {
    String host = event.firstName("agent.name", "agent.host.hostname", "agent.id", "manager.name");
    return host == null
        ? Resources.unknown(context)
        : Resources.of(ResourceKind.HOST, context.cluster(), host);
  }
}
