package witan.http.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.answers.ocsf.OcsfRemediationAnswer;
import witan.answers.ocsf.OcsfRemediationAnswer.OcsfCountermeasure;
import witan.answers.ocsf.OcsfRemediationAnswer.OcsfTactic;
import witan.answers.ocsf.OcsfRemediationAnswer.OcsfUnmapped;
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
  public static List<OcsfRemediationAnswer> of(LoggedCase logged) {
    List<OcsfRemediationAnswer> events = new ArrayList<>();
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

  private static OcsfRemediationAnswer of(
      CaseState state,
      LoggedEvent event,
      CaseEvent.StepIntended intent,
      CaseEvent.StepObserved seen) {
    Activity activity = activity(intent);
    Severity severity = Corroboration.of(state.alerts()).severity();
    return new OcsfRemediationAnswer(
        CLASS,
        "Remediation Activity",
        7,
        "Remediation",
        activity.id(),
        activity.caption,
        CLASS * 100L + activity.id(),
        event.at().toEpochMilli(),
        intent.at().toEpochMilli(),
        seen.at().toEpochMilli(),
        OcsfIncident.id(severity),
        OcsfIncident.caption(severity),
        intent.fence(),
        statusId(seen.outcome()),
        status(seen.outcome()),
        seen.outcome().name(),
        intent.action() + " on " + target(intent) + ": " + seen.detail(),
        activity == Activity.OTHER
            ? null
            : List.of(new OcsfCountermeasure(new OcsfTactic(activity.caption))),
        OcsfIncident.metadata(state, event.index()),
        new OcsfUnmapped(seen.step(), seen.attempt(), intent.action(), intent.target()));
  }

  /** {@code status_id}: 1 success, 2 failure; 99 where nothing was sent, 0 where nobody knows. */
  private static int statusId(StepOutcome outcome) {
    return switch (outcome) {
      case DONE -> 1;
      case FAILED -> 2;
      case REHEARSED -> 99;
      case UNKNOWN -> 0;
    };
  }

  private static String status(StepOutcome outcome) {
    return switch (outcome) {
      case DONE -> "Success";
      case FAILED -> "Failure";
      case REHEARSED -> "Rehearsed";
      case UNKNOWN -> "Unknown";
    };
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
}
