package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import witan.answers.log.ReceiptAnswer;
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
    return of(answer, receipt -> receipt, location, (receipt, shown) -> shown);
  }

  /**
   * The same of a command whose answer is more than a receipt.
   *
   * @param body what the answer says, given the receipt
   */
  <T> CompletionStage<HttpResponse> of(
      CompletionStage<Answer<T>> answer,
      Function<T, Receipt> receiptOf,
      Function<T, String> location,
      BiFunction<T, ReceiptAnswer, Object> body) {
    return answer
        .thenApply(Replies::done)
        .thenCompose(
            done -> {
              Receipt receipt = receiptOf.apply(done);
              return services
                  .log()
                  .checkpointCovering(receipt.index())
                  .thenApply(
                      checkpoint ->
                          response(
                              receipt,
                              body.apply(done, shown(receipt, checkpoint)),
                              location.apply(done)));
            });
  }

  private ReceiptAnswer shown(Receipt receipt, String checkpoint) {
    return AssuranceJson.receipt(receipt, services.anchors().status(), checkpoint, clock.instant());
  }

  private static HttpResponse response(Receipt receipt, Object body, String location) {
    return Replies.json(receipt.repeated() ? 200 : 201, body)
        .addHeader(RawHeader.create("Location", location))
        .addHeader(ReadAfterWrite.header(receipt.index()));
  }
}
