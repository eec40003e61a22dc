package witan.http.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.detection.Severity;
import witan.domain.governance.Corroboration;
import witan.domain.playbook.K8sAction;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Execution;
import witan.domain.proposal.StepOutcome;

/**
 * The observed steps of an execution as OCSF 1.5.0 Remediation Activity (class 7001), one event
 * each: every attribute that the schema requires, and what we know of those it recommends. The
 * activity is the tactic of MITRE D3FEND that the action stands for.
 */
public final class OcsfRemediation {
  private static final int CLASS = 7001;

  /** {@code activity_id}, in the schema's order. */
  private enum Activity {
    UNKNOWN("Unknown"),
    ISOLATE("Isolate"),
    EVICT("Evict"),
    RESTORE("Restore"),
    HARDEN("Harden"),
    OTHER("Other");

    private final String caption;

    Activity(String caption) {
      this.caption = caption;
    }

    /** 99 is every class's "none of these". */
    int id() {
      return this == OTHER ? 99 : List.of(values()).indexOf(this);
    }
  }

  private OcsfRemediation() {}

  /** In the order in which they were logged; empty where nothing was executed. */
  public static List<Map<String, Object>> of(LoggedCase logged) {
    List<Map<String, Object>> events = new ArrayList<>();
    Map<String, CaseEvent.StepIntended> intents = new LinkedHashMap<>();
    for (LoggedEvent event : logged.events()) {
      if (event.event() instanceof CaseEvent.StepIntended intent) {
        intents.put(intent.step(), intent);
      } else if (event.event() instanceof CaseEvent.StepObserved seen) {
        CaseEvent.StepIntended intent = intents.get(seen.step());
        if (intent != null) {
          events.add(of(logged.state(), event, intent, seen));
        }
      }
    }
    return events;
  }

  private static Map<String, Object> of(
      CaseState state,
      LoggedEvent event,
      CaseEvent.StepIntended intent,
      CaseEvent.StepObserved seen) {
    Activity activity = activity(intent);
    Severity severity = Corroboration.of(state.alerts()).severity();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("class_uid", CLASS);
    json.put("class_name", "Remediation Activity");
    json.put("category_uid", 7);
    json.put("category_name", "Remediation");
    json.put("activity_id", activity.id());
    json.put("activity_name", activity.caption);
    json.put("type_uid", CLASS * 100L + activity.id());
    json.put("time", event.at().toEpochMilli());
    json.put("start_time", intent.at().toEpochMilli());
    json.put("end_time", seen.at().toEpochMilli());
    json.put("severity_id", OcsfIncident.id(severity));
    json.put("severity", OcsfIncident.caption(severity));
    json.put("command_uid", intent.fence());
    status(json, seen.outcome());
    json.put("message", intent.action() + " on " + target(intent) + ": " + seen.detail());
    if (activity != Activity.OTHER) {
      json.put("countermeasures", List.of(Map.of("d3f_tactic", Map.of("name", activity.caption))));
    }
    json.put("metadata", metadata(state, event));
    json.put("unmapped", unmapped(intent, seen));
    return json;
  }

  /** {@code status_id}: 1 success, 2 failure; 99 where nothing was sent, 0 where nobody knows. */
  private static void status(Map<String, Object> json, StepOutcome outcome) {
    json.put(
        "status_id",
        switch (outcome) {
          case DONE -> 1;
          case FAILED -> 2;
          case REHEARSED -> 99;
          case UNKNOWN -> 0;
        });
    json.put(
        "status",
        switch (outcome) {
          case DONE -> "Success";
          case FAILED -> "Failure";
          case REHEARSED -> "Rehearsed";
          case UNKNOWN -> "Unknown";
        });
    json.put("status_detail", outcome.name());
  }

  private static Activity activity(CaseEvent.StepIntended intent) {
    Optional<K8sAction> action = K8sAction.of(intent.action());
    if (intent.step().startsWith(Execution.UNDO)
        || K8sAction.inverseOf(intent.action()).isPresent()) {
      return Activity.RESTORE;
    }
    return action.map(OcsfRemediation::activity).orElse(Activity.OTHER);
  }

  private static Activity activity(K8sAction action) {
    return switch (action) {
      case QUARANTINE_LABEL,
          DENY_ALL_NETWORK_POLICY,
          BLOCK_EGRESS_CIDRS,
          BLOCK_INGRESS_CIDRS,
          CORDON_NODE ->
          Activity.ISOLATE;
      case SCALE_TO_ZERO,
          DELETE_POD,
          EVICT_POD,
          DRAIN_NODE,
          REVOKE_TOKENS,
          REMOVE_SUBJECT,
          SUSPEND_CRON_JOB ->
          Activity.EVICT;
      case ROLL_BACK_DEPLOYMENT -> Activity.RESTORE;
      case ROTATE_SECRET -> Activity.HARDEN;
      case SET_LABEL, SET_ANNOTATION -> Activity.OTHER;
    };
  }

  private static String target(CaseEvent.StepIntended intent) {
    String namespace = intent.target().namespace();
    return intent.target().kind()
        + " "
        + intent.target().cluster()
        + "/"
        + (namespace == null ? "" : namespace + "/")
        + intent.target().name();
  }

  private static Map<String, Object> metadata(CaseState state, LoggedEvent event) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", "1.5.0");
    json.put("product", Map.of("name", "Witan", "vendor_name", "Witan"));
    json.put("uid", state.caseId() + "@" + event.index());
    json.put("correlation_uid", String.valueOf(state.caseId()));
    json.put("sequence", event.index());
    return json;
  }

  private static Map<String, Object> unmapped(
      CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", seen.step());
    json.put("attempt", seen.attempt());
    json.put("action", intent.action());
    json.put("target", intent.target());
    return json;
  }
}
