package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.answers.cases.NotesAnswer;
import witan.codec.json.Json;
import witan.domain.common.Person;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.json.EventJson;

/**
 * What people do to a case besides voting: hold its execution up, say what became of an unknown
 * step, add a note.
 */
public final class InterventionRoutes {
  private final Services services;
  private final Receipts receipts;
  private final HttpSettings settings;
  private final InstantSource clock;

  public InterventionRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.receipts = new Receipts(services, clock);
    this.settings = settings;
    this.clock = clock;
  }

  /** Body of a pause. */
  public record Pause(String reason) {}

  /** Body of the end of a pause: an empty object. */
  public record Resume() {}

  /** Body of what became of a step that is unknown. */
  public record Resolution(boolean did, String note) {}

  /** Body of a note. */
  public record Note(String text) {}

  public List<Endpoint> endpoints() {
    Endpoint.Body body = Endpoint.Body.json(settings.maxAlertBytes());
    return List.of(
        Endpoint.post(
            "/v1/cases/{caseId}/pause", Access.only(Role.OPERATOR), Set.of(), body, this::pause),
        Endpoint.post(
            "/v1/cases/{caseId}/resume", Access.only(Role.OPERATOR), Set.of(), body, this::resume),
        Endpoint.post(
            "/v1/cases/{caseId}/steps/{step}/resolve",
            new Access.Roles(EnumSet.of(Role.OPERATOR, Role.VOTER)),
            Set.of(),
            body,
            this::resolve),
        Endpoint.post("/v1/cases/{caseId}/notes", Access.readers(), Set.of(), body, this::note),
        Endpoint.get("/v1/cases/{caseId}/notes", Access.readers(), Set.of(), this::notes));
  }

  private CompletionStage<HttpResponse> pause(Call call) {
    String reason = Json.read(Pause.class, call.body()).reason();
    return receipts.of(
        by(call).thenCompose(by -> services.interventions().pause(call.caseId(), by, reason)));
  }

  private CompletionStage<HttpResponse> resume(Call call) {
    Json.read(Resume.class, call.body());
    return receipts.of(
        by(call).thenCompose(by -> services.interventions().resume(call.caseId(), by)));
  }

  private CompletionStage<HttpResponse> resolve(Call call) {
    Resolution said = Json.read(Resolution.class, call.body());
    return receipts.of(
        by(call)
            .thenCompose(
                by ->
                    services
                        .interventions()
                        .resolve(call.caseId(), call.step(), said.did(), by, said.note())));
  }

  private CompletionStage<Person> by(Call call) {
    return services.persons().of(call.caller().identity());
  }

  private CompletionStage<HttpResponse> note(Call call) {
    String text = Json.read(Note.class, call.body()).text();
    return receipts.of(
        by(call)
            .thenCompose(
                by ->
                    services.interventions().note(call.caseId(), by, text, call.idempotencyKey())));
  }

  private CompletionStage<HttpResponse> notes(Call call) {
    boolean auditor = call.caller().is(Role.AUDITOR);
    return CaseRoutes.read(services, call)
        .thenCompose(logged -> services.interventions().notes(call.caseId()))
        .thenApply(
            notes ->
                Replies.json(
                    200,
                    new NotesAnswer(
                        call.caseId(),
                        notes.stream()
                            .map(
                                note ->
                                    EventJson.of(
                                        note,
                                        auditor,
                                        services.anchors().status(),
                                        clock.instant()))
                            .toList())));
  }
}
