package witan.http;

import akka.actor.ActorSystem;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Connection;
import akka.pattern.Patterns;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Waits until every request is answered. The server's own termination cuts a response that is just
 * going out (akka-http issue 4060: a quarter of the requests that were answered at that moment in
 * our test), so it is begun only when nothing is under way. Thread-safe.
 */
final class RequestsUnderWay {
  private static final Duration LOOK = Duration.ofMillis(20);

  /** For the last bytes to reach the network: nothing tells when they have. */
  private static final Duration FLUSH = Duration.ofMillis(250);

  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean stopping;

  CompletionStage<HttpResponse> through(Supplier<CompletionStage<HttpResponse>> handler) {
    underWay.incrementAndGet();
    CompletionStage<HttpResponse> answer;
    try {
      answer = handler.get();
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer
        .whenComplete((response, failure) -> underWay.decrementAndGet())
        .thenApply(
            response -> stopping ? response.addHeader(Connection.create("close")) : response);
  }

  /** Completes when nothing is under way, or the limit has passed. */
  CompletionStage<Boolean> drained(ActorSystem system, Duration limit) {
    stopping = true;
    return look(system, System.nanoTime() + limit.toNanos());
  }

  private CompletionStage<Boolean> look(ActorSystem system, long deadline) {
    boolean late = System.nanoTime() - deadline > 0;
    boolean empty = underWay.get() == 0;
    if (late) {
      return CompletableFuture.completedFuture(empty);
    }
    return Patterns.after(
        empty ? FLUSH : LOOK,
        system,
        () ->
            empty && underWay.get() == 0
                ? CompletableFuture.completedFuture(true)
                : look(system, deadline));
  }
}
