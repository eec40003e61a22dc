package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.answers.alerts.EvaluationAnswer;
import witan.answers.alerts.EvaluationAnswer.EvaluatedAlert;
import witan.answers.alerts.EvaluationAnswer.EvaluatedAlert.Read;
import witan.answers.cases.RelatedAnswer;
import witan.domain.api.Intake;
import witan.domain.api.LoggedCase;
import witan.domain.detection.Alert;
import witan.domain.detection.Normalised;
import witan.domain.governance.Corroboration;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Principal;
import witan.http.auth.Role;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.http.json.AlertBody;
import witan.http.json.AlertReader;
import witan.http.json.OcsfIncident;
import witan.http.json.OcsfRemediation;

/** What a case says together, to whom else it is related, and what rules make of an alert. */
public final class FindingRoutes {
  private static final int MOST_ALERTS = 20;

  private final Services services;
  private final HttpSettings settings;
  private final InstantSource clock;
  private final AlertReader reader;

  public FindingRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.settings = settings;
    this.clock = clock;
    this.reader = new AlertReader(settings.maxAlertBytes(), services.hasher());
  }

  public List<Endpoint> endpoints() {
    Access readers = Access.readers();
    return List.of(
        Endpoint.get("/v1/cases/{caseId}/ocsf", readers, Set.of(), this::ocsf),
        Endpoint.get("/v1/cases/{caseId}/ocsf/remediations", readers, Set.of(), this::remediations),
        Endpoint.get("/v1/cases/{caseId}/related", readers, Set.of(), this::related),
        Endpoint.post(
            "/v1/rules/evaluate",
            readers,
            Set.of("format", "cluster", "sensors"),
            Endpoint.Body.json(settings.maxBodyBytes()),
            this::evaluate));
  }

  private CompletionStage<HttpResponse> ocsf(Call call) {
    return CaseRoutes.read(services, call)
        .thenApply(logged -> Replies.json(200, OcsfIncident.of(logged)));
  }

  private CompletionStage<HttpResponse> remediations(Call call) {
    return CaseRoutes.read(services, call)
        .thenApply(logged -> Replies.json(200, OcsfRemediation.of(logged)));
  }

  private CompletionStage<HttpResponse> related(Call call) {
    return CaseRoutes.read(services, call)
        .thenCompose(
            logged ->
                services
                    .intake()
                    .related(call.caseId(), logged.state().alerts())
                    .thenApply(related -> Replies.json(200, json(logged, related))));
  }

  private static RelatedAnswer json(LoggedCase logged, List<Intake.Related> related) {
    Corroboration together = Corroboration.of(logged.state().alerts());
    return new RelatedAnswer(
        logged.state().caseId(),
        together.sensors(),
        together.confidence(),
        together.severity(),
        together.urgency(),
        related);
  }

  /** A dry run: nothing is taken, opened or logged. */
  private CompletionStage<HttpResponse> evaluate(Call call) {
    List<AlertBody.Piece> pieces =
        AlertBody.isArray(call.body())
            ? AlertBody.elements(call.body(), MOST_ALERTS)
            : List.of(new AlertBody.Piece(1, call.body()));
    String cluster = call.query().text("cluster").orElse("dry-run");
    List<String> sensors =
        List.of(call.query().text("sensors").orElse("dry-run").split(",", MOST_ALERTS));
    List<Alert> alerts = new ArrayList<>();
    List<EvaluatedAlert> read = new ArrayList<>();
    for (AlertBody.Piece piece : pieces) {
      String sensor = sensors.get(alerts.size() % sensors.size());
      Normalised normalised = read(call, piece, sensor, cluster);
      if (normalised instanceof Normalised.Finding finding) {
        alerts.add(finding.alert());
        read.add(new EvaluatedAlert(piece.line(), Read.FINDING, null, finding.alert()));
      } else if (normalised instanceof Normalised.NotAFinding other) {
        read.add(new EvaluatedAlert(piece.line(), Read.RECORDED, other.reason(), other.alert()));
      }
    }
    return Replies.jsonNow(
        200, new EvaluationAnswer(read, services.intake().evaluate(alerts).orElse(null)));
  }

  private Normalised read(Call call, AlertBody.Piece piece, String sensor, String cluster) {
    if (!sensor.matches("[A-Za-z0-9._-]{1,64}") || !cluster.matches("[A-Za-z0-9._-]{1,64}")) {
      throw Problem.of(
          Code.PARAMETER_INVALID,
          "The query parameter sensors or cluster is not valid.",
          "Names of A-Z, a-z, 0-9, dot, dash and underscore; several sensors with commas.");
    }
    Principal as =
        new Principal(sensor, Set.of(Role.SENSOR), cluster, Set.of(), call.caller().expiresAt());
    return reader
        .read(
            piece.bytes(),
            call.query().text("format").orElse(null),
            as,
            cluster,
            null,
            clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .normalised();
  }
}
