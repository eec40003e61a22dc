package witan.http.json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import witan.domain.api.LoggedCase;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;
import witan.domain.governance.Corroboration;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Phase;

/**
 * A case as OCSF 1.5.0 Incident Finding (class 2005): every attribute that the schema requires, and
 * what we know of those it recommends. The council itself is the {@code assignee_group}.
 */
public final class OcsfIncident {
  private static final int CLASS = 2005;
  private static final int CREATE = 1;
  private static final int UPDATE = 2;
  private static final int CLOSE = 3;

  private OcsfIncident() {}

  /** Times are in milliseconds since the epoch, as everywhere in OCSF. */
  public static Map<String, Object> of(LoggedCase logged) {
    CaseState state = logged.state();
    List<Alert> alerts = state.alerts();
    Corroboration together = Corroboration.of(alerts);
    int activity =
        state.phase() == Phase.CLOSED ? CLOSE : logged.events().size() > 1 ? UPDATE : CREATE;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("class_uid", CLASS);
    json.put("class_name", "Incident Finding");
    json.put("category_uid", 2);
    json.put("category_name", "Findings");
    json.put("activity_id", activity);
    json.put(
        "activity_name", activity == CLOSE ? "Close" : activity == UPDATE ? "Update" : "Create");
    json.put("type_uid", CLASS * 100L + activity);
    json.put("time", time(logged));
    json.put("severity_id", id(together.severity()));
    json.put("severity", caption(together.severity()));
    putStatus(json, state.phase());
    json.put("desc", alerts.isEmpty() ? "" : alerts.get(0).title());
    json.put(
        "confidence_id",
        1 + List.of(Corroboration.Confidence.values()).indexOf(together.confidence()));
    json.put("priority_id", Math.min(4, Math.max(0, id(together.urgency()) - 1)));
    json.put("start_time", edge(alerts, true, logged));
    json.put("end_time", edge(alerts, false, logged));
    json.put(
        "assignee_group",
        Map.of("name", "council", "uid", String.valueOf(state.councilId()), "type", "Council"));
    json.put("finding_info_list", alerts.stream().map(OcsfIncident::info).toList());
    json.put("attacks", attacks(alerts));
    json.put("metadata", metadata(logged));
    return json;
  }

  /** {@code severity_id}: the severities are those of OCSF, in its order. */
  static int id(Severity severity) {
    return List.of(Severity.values()).indexOf(severity);
  }

  private static long time(LoggedCase logged) {
    return last(logged).toEpochMilli();
  }

  private static Instant last(LoggedCase logged) {
    return logged.events().isEmpty()
        ? Instant.EPOCH
        : logged.events().get(logged.events().size() - 1).at();
  }

  /** {@code status_id}: 1 new, 2 in progress, 5 closed. */
  private static void putStatus(Map<String, Object> json, Phase phase) {
    int id =
        phase == Phase.CLOSED ? 5 : phase == Phase.OBSERVING || phase == Phase.UNOPENED ? 1 : 2;
    json.put("status_id", id);
    json.put("status", id == 5 ? "Closed" : id == 1 ? "New" : "In Progress");
    json.put("status_detail", phase.name());
  }

  private static long edge(List<Alert> alerts, boolean first, LoggedCase logged) {
    return alerts.stream()
        .map(Alert::at)
        .reduce((a, b) -> a.isBefore(b) == first ? a : b)
        .orElse(last(logged))
        .toEpochMilli();
  }

  private static Map<String, Object> info(Alert alert) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("uid", alert.key());
    json.put("title", alert.title());
    json.put("created_time", alert.at().toEpochMilli());
    json.put("analytic", Map.of("name", alert.rule(), "type_id", 1, "type", "Rule"));
    json.put("data_sources", List.of(alert.format(), alert.sensor()));
    return json;
  }

  private static List<Map<String, Object>> attacks(List<Alert> alerts) {
    List<Map<String, Object>> attacks = new ArrayList<>();
    alerts.stream()
        .flatMap(alert -> alert.techniques().stream())
        .distinct()
        .sorted()
        .forEach(
            id ->
                attacks.add(
                    id.indexOf('.') < 0
                        ? Map.of("technique", Map.of("uid", id))
                        : Map.of(
                            "technique",
                            Map.of("uid", id.substring(0, id.indexOf('.'))),
                            "sub_technique",
                            Map.of("uid", id))));
    return attacks;
  }

  private static Map<String, Object> metadata(LoggedCase logged) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", "1.5.0");
    json.put("product", Map.of("name", "Witan", "vendor_name", "Witan"));
    json.put("uid", logged.state().caseId() + "@" + logged.index());
    json.put("correlation_uid", String.valueOf(logged.state().caseId()));
    json.put("sequence", logged.index());
    return json;
  }

  static String caption(Severity severity) {
    String name = severity.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
