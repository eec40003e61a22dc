package witan.http.route;

import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.JavaFlowSupport;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import witan.answers.Answers;
import witan.domain.api.LoggedEvent;
import witan.domain.common.CaseId;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.http.json.EventJson;

/**
 * The log as server-sent events (WHATWG HTML, 9.2): {@code id} is the log index, {@code event} the
 * type. A reader that comes back with Last-Event-ID misses nothing and gets nothing twice. A stream
 * ends with its token. A reader that does not keep up is cut off by the feed and comes back.
 */
public final class EventRoutes {
  private static final ByteString COMMENT = ByteString.fromString(":\n\n");

  private final Services services;
  private final HttpSettings settings;
  private final InstantSource clock;
  private final AtomicInteger open = new AtomicInteger();

  public EventRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.settings = settings;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/events", Access.readers(), Set.of("from", "case"), this::events));
  }

  private CompletionStage<HttpResponse> events(Call call) {
    long from = from(call);
    Optional<CaseId> only = only(call);
    if (open.get() >= settings.maxStreams()) {
      throw Problem.busy(
          Code.TOO_MANY_STREAMS,
          "As many event streams are open as this node serves: " + settings.maxStreams() + ".",
          Duration.ofSeconds(5));
    }
    boolean auditor = call.caller().is(Role.AUDITOR);
    Duration life = Duration.between(clock.instant(), call.caller().expiresAt());
    return CompletableFuture.completedFuture(
        HttpResponse.create()
            .withEntity(
                HttpEntities.createChunked(
                    MediaTypes.TEXT_EVENT_STREAM.toContentType(),
                    // Counted once it runs: a reader that left before that must not hold a place.
                    Source.lazySource(() -> counted(frames(from, only, auditor, life)))))
            .addHeader(RawHeader.create("Cache-Control", "no-store")));
  }

  private Source<ByteString, ?> counted(Source<ByteString, ?> frames) {
    open.incrementAndGet();
    return frames.watchTermination(
        (nothing, done) -> done.whenComplete((ok, failure) -> open.decrementAndGet()));
  }

  private Source<ByteString, ?> frames(
      long from, Optional<CaseId> only, boolean auditor, Duration life) {
    return JavaFlowSupport.Source.fromPublisher(services.views().events(from))
        .filter(event -> only.isEmpty() || only.get().equals(event.caseId()))
        .map(event -> frame(event, auditor))
        .buffer(settings.streamBuffer(), OverflowStrategy.backpressure())
        .keepAlive(settings.heartbeat(), () -> COMMENT)
        .takeWithin(life)
        .prepend(Source.single(ByteString.fromString("retry: 2000\n\n")));
  }

  private ByteString frame(LoggedEvent event, boolean auditor) {
    String data =
        Answers.text(EventJson.of(event, auditor, services.anchors().status(), clock.instant()));
    return ByteString.fromString(
        "id: " + event.index() + "\nevent: " + event.type() + "\ndata: " + data + "\n\n");
  }

  /** Last-Event-ID is what a reconnecting browser knows best; it wins over the query. */
  private static long from(Call call) {
    String last = call.lastEventId();
    if (last == null || last.isEmpty()) {
      return call.query().number("from", 0, Params.MAX_NUMBER).orElse(0L);
    }
    if (!last.matches("0|[1-9][0-9]{0,15}") || Long.parseLong(last) >= Params.MAX_NUMBER) {
      throw Problem.of(
          Code.LAST_EVENT_ID_INVALID,
          "The Last-Event-ID is not an id of this stream.",
          "Ids are log indices; without the header the stream starts at ?from=, or at 0.");
    }
    return Long.parseLong(last) + 1;
  }

  private static Optional<CaseId> only(Call call) {
    try {
      return call.query().text("case").map(CaseId::new);
    } catch (IllegalArgumentException e) {
      throw Params.invalid("case", "the id of a case");
    }
  }
}
