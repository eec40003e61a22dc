package witan.http.json;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import witan.answers.ocsf.OcsfIncidentAnswer;
import witan.answers.ocsf.OcsfIncidentAnswer.OcsfAnalytic;
import witan.answers.ocsf.OcsfIncidentAnswer.OcsfAttack;
import witan.answers.ocsf.OcsfIncidentAnswer.OcsfFindingInfo;
import witan.answers.ocsf.OcsfIncidentAnswer.OcsfGroup;
import witan.answers.ocsf.OcsfIncidentAnswer.OcsfTechnique;
import witan.answers.ocsf.OcsfMetadata;
import witan.answers.ocsf.OcsfMetadata.OcsfProduct;
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
  public static OcsfIncidentAnswer of(LoggedCase logged) {
    CaseState state = logged.state();
    List<Alert> alerts = state.alerts();
    Corroboration together = Corroboration.of(alerts);
    int activity =
        state.phase() == Phase.CLOSED ? CLOSE : logged.events().size() > 1 ? UPDATE : CREATE;
    int status = status(state.phase());
    return new OcsfIncidentAnswer(
        CLASS,
        "Incident Finding",
        2,
        "Findings",
        activity,
        activity == CLOSE ? "Close" : activity == UPDATE ? "Update" : "Create",
        CLASS * 100L + activity,
        last(logged).toEpochMilli(),
        id(together.severity()),
        caption(together.severity()),
        status,
        status == 5 ? "Closed" : status == 1 ? "New" : "In Progress",
        state.phase().name(),
        alerts.isEmpty() ? "" : alerts.get(0).title(),
        1 + List.of(Corroboration.Confidence.values()).indexOf(together.confidence()),
        Math.min(4, Math.max(0, id(together.urgency()) - 1)),
        edge(alerts, true, logged),
        edge(alerts, false, logged),
        new OcsfGroup("council", String.valueOf(state.councilId()), "Council"),
        alerts.stream().map(OcsfIncident::info).toList(),
        attacks(alerts),
        metadata(state, logged.index()));
  }

  /** {@code severity_id}: the severities are those of OCSF, in its order. */
  static int id(Severity severity) {
    return List.of(Severity.values()).indexOf(severity);
  }

  private static Instant last(LoggedCase logged) {
    return logged.events().isEmpty()
        ? Instant.EPOCH
        : logged.events().get(logged.events().size() - 1).at();
  }

  /** {@code status_id}: 1 new, 2 in progress, 5 closed. */
  private static int status(Phase phase) {
    return switch (phase) {
      case CLOSED -> 5;
      case OBSERVING, UNOPENED -> 1;
      default -> 2;
    };
  }

  private static long edge(List<Alert> alerts, boolean first, LoggedCase logged) {
    return alerts.stream()
        .map(Alert::at)
        .reduce((a, b) -> a.isBefore(b) == first ? a : b)
        .orElse(last(logged))
        .toEpochMilli();
  }

  private static OcsfFindingInfo info(Alert alert) {
    return new OcsfFindingInfo(
        alert.key(),
        alert.title(),
        alert.at().toEpochMilli(),
        new OcsfAnalytic(alert.rule(), 1, "Rule"),
        List.of(alert.format(), alert.sensor()));
  }

  private static List<OcsfAttack> attacks(List<Alert> alerts) {
    return alerts.stream()
        .flatMap(alert -> alert.techniques().stream())
        .distinct()
        .sorted()
        .map(OcsfIncident::attack)
        .toList();
  }

  private static OcsfAttack attack(String id) {
    int dot = id.indexOf('.');
    return dot < 0
        ? new OcsfAttack(new OcsfTechnique(id), null)
        : new OcsfAttack(new OcsfTechnique(id.substring(0, dot)), new OcsfTechnique(id));
  }

  static OcsfMetadata metadata(CaseState state, long index) {
    return new OcsfMetadata(
        "1.5.0",
        new OcsfProduct("Witan", "Witan"),
        state.caseId() + "@" + index,
        String.valueOf(state.caseId()),
        index);
  }

  static String caption(Severity severity) {
    String name = severity.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
