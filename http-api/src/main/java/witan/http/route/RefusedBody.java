package witan.http.route;

import akka.Done;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.RequestEntity;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The body of a request that is refused whatever it holds. An answer before the body's end closes
 * the connection with bytes unread, and the reset may overtake the answer on its way to the client;
 * so it is read first, within bounds, and nothing of it is kept.
 */
public final class RefusedBody {
  static final long MAX_BYTES = 8L << 20;

  private RefusedBody() {}

  /**
   * Ends once the body has come in, was given up, or need not come: who asks before sending (RFC
   * 9110, 10.1.1) and who announces more than is read here is answered at once. Never fails.
   *
   * @param patience for all of the body
   */
  public static CompletionStage<Done> readAway(
      HttpRequest request, Duration patience, Materializer materializer) {
    RequestEntity entity = request.entity();
    if (asks(request) || entity.getContentLengthOption().orElse(0) > MAX_BYTES) {
      entity.withoutSizeLimit().getDataBytes().runWith(Sink.cancelled(), materializer);
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    return entity
        .withSizeLimit(MAX_BYTES)
        .getDataBytes()
        .completionTimeout(patience)
        .runWith(Sink.ignore(), materializer)
        .exceptionally(e -> Done.getInstance());
  }

  /** Whether the body comes only after we say so. */
  static boolean asks(HttpRequest request) {
    return request.getHeader("expect").isPresent();
  }
}
