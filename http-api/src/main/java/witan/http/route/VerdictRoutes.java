package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.codec.json.Json;
import witan.domain.reputation.Verdict;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;

/** The verdict on a case that is over: it moves reputations, and nothing else does. */
public final class VerdictRoutes {
  private final Services services;
  private final Receipts receipts;
  private final HttpSettings settings;

  public VerdictRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.receipts = new Receipts(services, clock);
    this.settings = settings;
  }

  /** Body of a verdict. */
  public record Said(Verdict verdict) {}

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
            "/v1/cases/{caseId}/verdict",
            Access.only(Role.OPERATOR),
            Set.of(),
            Endpoint.Body.json(settings.maxAlertBytes()),
            this::record));
  }

  private CompletionStage<HttpResponse> record(Call call) {
    return receipts.of(
        services.verdicts().record(call.caseId(), Json.read(Said.class, call.body()).verdict()));
  }
}
