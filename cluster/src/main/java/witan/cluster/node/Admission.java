package witan.cluster.node;

import akka.actor.ClassicActorSystemProvider;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import akka.stream.Materializer;
import akka.stream.SystemMaterializer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import witan.http.HttpSettings;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.http.route.RefusedBody;

/**
 * How much a node takes on at once. What is beyond is answered 503 with Retry-After at once, and
 * its body is not kept, so that memory stays bounded and those who were let in are served. Probes
 * and status always get through: an operator must see an overloaded node. Thread-safe.
 */
final class Admission {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final int maxRequests;
  private final long maxBytes;
  private final long unknownBytes;
  private final Function<HttpRequest, CompletionStage<?>> readAway;
  private int requests;
  private long bytes;

  /**
   * Nothing is under way.
   *
   * @param maxBytes of all bodies under way
   * @param unknownBytes what a body counts for whose length was not told
   * @param readAway of a refused request's body, before the answer; nothing of it is kept
   */
  Admission(
      int maxRequests,
      long maxBytes,
      long unknownBytes,
      Function<HttpRequest, CompletionStage<?>> readAway) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
    this.unknownBytes = unknownBytes;
    this.readAway = readAway;
  }

  /** As the node is told. */
  static Admission of(NodeSettings settings, HttpSettings http, ActorSystem<?> system) {
    Materializer materializer = SystemMaterializer.get(system).materializer();
    return new Admission(
        settings.maxRequests(),
        settings.maxRequestBytes(),
        http.maxBodyBytes(),
        request -> RefusedBody.readAway(request, http.bodyTimeout(), materializer));
  }

  /** The route, of which no more is under way than is let in. */
  Route before(Route route, ClassicActorSystemProvider system) {
    Function<HttpRequest, CompletionStage<HttpResponse>> handler = handler(route, system);
    return Directives.handle(request -> through(request, handler));
  }

  /** What answers by the route, for who does something before. */
  static Function<HttpRequest, CompletionStage<HttpResponse>> handler(
      Route route, ClassicActorSystemProvider system) {
    var served = route.function(system);
    return request -> {
      try {
        return served.apply(request);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  CompletionStage<HttpResponse> through(
      HttpRequest request, Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    String path = request.getUri().path();
    if (path.startsWith("/v1/health") || path.equals("/v1/status")) {
      return handler.apply(request);
    }
    OptionalLong told = request.entity().getContentLengthOption();
    long size = told.orElse(unknownBytes);
    if (!enter(size)) {
      return readAway.apply(request).thenApply(done -> refused());
    }
    CompletionStage<HttpResponse> answer;
    try {
      answer = handler.apply(request);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.whenComplete((response, failure) -> leave(size));
  }

  private synchronized boolean enter(long size) {
    if (requests == maxRequests || bytes + size > maxBytes) {
      return false;
    }
    requests++;
    bytes += size;
    return true;
  }

  private synchronized void leave(long size) {
    requests--;
    bytes -= size;
  }

  private static HttpResponse refused() {
    return Problem.busy(Code.BUSY, "This node has as much to do as it takes.", RETRY_AFTER)
        .response(UUID.randomUUID().toString());
  }
}
