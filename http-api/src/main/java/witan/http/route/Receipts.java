package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.http.Services;
import witan.http.json.AssuranceJson;

/** How an accepted command is answered: where it is in the log, under which signed checkpoint. */
final class Receipts {
  private final Services services;
  private final InstantSource clock;

  Receipts(Services services, InstantSource clock) {
    this.services = services;
    this.clock = clock;
  }

  /** 201, or 200 for a repeat, with the log entry as its place. */
  CompletionStage<HttpResponse> of(CompletionStage<Answer<Receipt>> answer) {
    return of(answer, receipt -> "/v1/log/entries/" + receipt.index());
  }

  /** The same with another place; a refusal becomes its problem. */
  CompletionStage<HttpResponse> of(
      CompletionStage<Answer<Receipt>> answer, Function<Receipt, String> location) {
    return answer
        .thenApply(Replies::done)
        .thenCompose(
            receipt ->
                services
                    .log()
                    .checkpointCovering(receipt.index())
                    .thenApply(checkpoint -> response(receipt, checkpoint, location)));
  }

  private HttpResponse response(
      Receipt receipt, String checkpoint, Function<Receipt, String> location) {
    return Replies.json(
            receipt.repeated() ? 200 : 201,
            AssuranceJson.receipt(
                receipt, services.anchors().status(), checkpoint, clock.instant()))
        .addHeader(RawHeader.create("Location", location.apply(receipt)));
  }
}
