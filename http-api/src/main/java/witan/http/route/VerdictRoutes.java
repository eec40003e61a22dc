package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.codec.json.Json;
import witan.domain.api.Receipt;
import witan.domain.reputation.Verdict;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.json.AssuranceJson;

/** The verdict on a case that is over: it moves reputations, and nothing else does. */
public final class VerdictRoutes {
  private final Services services;
  private final HttpSettings settings;
  private final InstantSource clock;

  public VerdictRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.settings = settings;
    this.clock = clock;
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
    return services
        .verdicts()
        .record(call.caseId(), Json.read(Said.class, call.body()).verdict())
        .thenApply(Replies::done)
        .thenCompose(
            receipt ->
                services
                    .log()
                    .checkpointCovering(receipt.index())
                    .thenApply(checkpoint -> receipt(receipt, checkpoint)));
  }

  private HttpResponse receipt(Receipt receipt, String checkpoint) {
    return Replies.json(
            receipt.repeated() ? 200 : 201,
            AssuranceJson.receipt(
                receipt, services.anchors().status(), checkpoint, clock.instant()))
        .addHeader(RawHeader.create("Location", "/v1/log/entries/" + receipt.index()));
  }
}
