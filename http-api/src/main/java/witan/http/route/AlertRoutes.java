package witan.http.route;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.japi.function.Function;
import akka.japi.pf.PFBuilder;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.answers.Answers;
import witan.answers.alerts.AlertsAnswer;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.http.json.AlertBody;
import witan.http.json.CloudEventHeaders;
import witan.http.json.LineCutter;

/**
 * The way in for alerts. One alert is answered for itself; of a batch the good alerts are taken and
 * each bad one is reported with its place and reason, and the answer is 202 even if all were bad,
 * for the batch as such was understood. When one of them met a busy council it is 503: collectors
 * look at the status alone, and what was taken is a duplicate when they send all of it again.
 *
 * <p>An array is read whole and limited. Lines are a stream of any length, read as fast as the
 * council takes them. Who accepts {@code application/x-ndjson} gets the outcome of each line as it
 * is known, and has to read while it sends; everybody else gets one answer at the end, with counts
 * of all and the outcomes of the first.
 */
public final class AlertRoutes {
  private static final String NDJSON = "application/x-ndjson";
  private static final String CLOUDEVENT = "application/cloudevents+json";
  private static final String CLOUDEVENTS = "application/cloudevents-batch+json";
  private static final ContentType LINES =
      MediaTypes.applicationWithFixedCharset("x-ndjson", HttpCharsets.UTF_8).toContentType();

  private final Services services;
  private final HttpSettings settings;
  private final InstantSource clock;
  private final AlertTaking taking;

  public AlertRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.settings = settings;
    this.clock = clock;
    this.taking = new AlertTaking(services, settings, clock);
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
            "/v1/alerts",
            Access.only(Role.SENSOR),
            Set.of("format", "cluster"),
            new Endpoint.Body(
                Set.of("application/json", NDJSON, CLOUDEVENT, CLOUDEVENTS),
                settings.maxBodyBytes(),
                true),
            this::take));
  }

  private CompletionStage<HttpResponse> take(Call call) {
    if (call.mediaType().equals(NDJSON)) {
      return takeLines(call);
    }
    return call.stream()
        .whole(settings.maxBodyBytes(), call.materializer())
        .thenCompose(body -> takeWhole(call, body));
  }

  private CompletionStage<HttpResponse> takeWhole(Call call, byte[] body) {
    boolean event = call.mediaType().startsWith("application/cloudevents");
    String format = call.query().text("format").orElse(event ? "cloudevents" : null);
    if (!event && CloudEventHeaders.areThere(call.stream().headers())) {
      byte[] structured = CloudEventHeaders.structured(call.stream().headers(), body);
      return takeOne(call, structured, format);
    }
    if (call.mediaType().equals(CLOUDEVENT) || !AlertBody.isArray(body)) {
      return takeOne(call, body, format);
    }
    List<AlertBody.Piece> pieces = AlertBody.elements(body, settings.maxBatch());
    if (pieces.isEmpty()) {
      throw empty();
    }
    AlertTaking.Source source = taking.source(call);
    return Source.from(pieces)
        // In a batch each alert stands for itself, under its own id: the key is not needed.
        .mapAsync(settings.batchParallelism(), piece -> taking.take(source, piece, format, null))
        .runWith(
            Sink.fold(new AlertTally(settings.maxBatch()), AlertTally::add), call.materializer())
        .thenCompose(this::answer);
  }

  private CompletionStage<HttpResponse> takeOne(Call call, byte[] body, @Nullable String format) {
    AlertBody.Piece piece = new AlertBody.Piece(1, body);
    return taking
        .take(taking.source(call), piece, format, call.idempotencyKey())
        .thenCompose(
            outcome -> {
              if (outcome.problem() != null) {
                throw outcome.problem();
              }
              return answer(new AlertTally(1).add(outcome));
            });
  }

  /** Bytes; or the end of them, or why there are no more. */
  private record Part(@Nullable ByteString bytes, @Nullable Problem failure) {}

  /** A line, or why there are no more from there. */
  private record Cut(AlertBody.Piece piece, @Nullable Problem failure) {}

  private CompletionStage<HttpResponse> takeLines(Call call) {
    String format = call.query().text("format").orElse(null);
    AlertTaking.Source source = taking.source(call);
    Source<AlertOutcome, ?> outcomes =
        call.stream()
            .bytes()
            .map(bytes -> new Part(bytes, null))
            .concat(Source.single(new Part(null, null)))
            .recover(
                new PFBuilder<Throwable, Part>()
                    .matchAny(failure -> new Part(null, Incoming.problem(failure)))
                    .build())
            .statefulMapConcat(this::cutter)
            .via(taking.paced())
            .mapAsync(
                settings.batchParallelism(),
                cut ->
                    cut.failure() == null
                        ? taking.take(source, cut.piece(), format, null)
                        : CompletableFuture.completedFuture(
                            new AlertOutcome(cut.piece().line(), null, null, cut.failure())));
    return wantsLines(call)
        ? CompletableFuture.completedFuture(streamed(outcomes))
        : outcomes
            .runWith(
                Sink.fold(new AlertTally(settings.maxBatch()), AlertTally::add),
                call.materializer())
            .thenCompose(this::answer);
  }

  private Function<Part, Iterable<Cut>> cutter() {
    LineCutter cutter = new LineCutter(settings.maxAlertBytes());
    return part -> {
      if (part.failure() != null) {
        return List.of(new Cut(new AlertBody.Piece(cutter.line(), new byte[0]), part.failure()));
      }
      List<AlertBody.Piece> pieces =
          part.bytes() == null ? cutter.finish() : cutter.push(part.bytes());
      return pieces.stream().map(piece -> new Cut(piece, null)).toList();
    };
  }

  private static boolean wantsLines(Call call) {
    return call.stream()
        .header("accept")
        .filter(accept -> accept.toLowerCase(Locale.ROOT).contains(NDJSON))
        .isPresent();
  }

  /** A line for each line, and the counts in the last one. */
  private HttpResponse streamed(Source<AlertOutcome, ?> outcomes) {
    AlertTally tally = new AlertTally(0);
    Source<Object, ?> lines =
        outcomes
            .<Object>map(
                outcome -> {
                  tally.add(outcome);
                  return outcome.answer(services.anchors().status(), clock.instant());
                })
            // lazily: the counts are not there before the last line is through
            .concatLazy(
                Source.lazySource(
                    () -> Source.completionStage(checkpoint(tally).thenApply(tally::counts))));
    return HttpResponse.create()
        .withStatus(StatusCodes.ACCEPTED)
        .addHeader(RawHeader.create("Cache-Control", "no-store"))
        .withEntity(
            HttpEntities.create(
                LINES, lines.map(line -> ByteString.fromString(Answers.text(line) + "\n"))));
  }

  private CompletionStage<HttpResponse> answer(AlertTally tally) {
    if (tally.all() == 0) {
      throw empty();
    }
    if (tally.busy() > 0) {
      throw Problem.busy(
          Code.BUSY,
          tally.busy() + " of " + tally.all() + " alerts could not be taken now; send all again.",
          tally.pause());
    }
    return checkpoint(tally)
        .thenApply(
            note -> {
              HttpResponse reply =
                  Replies.json(
                      202,
                      new AlertsAnswer(
                          tally.counts(note),
                          tally.kept().stream()
                              .map(o -> o.answer(services.anchors().status(), clock.instant()))
                              .toList(),
                          tally.all() - tally.kept().size()));
              return tally.lastIndex() < 0
                  ? reply
                  : reply.addHeader(ReadAfterWrite.header(tally.lastIndex()));
            });
  }

  private CompletionStage<Optional<String>> checkpoint(AlertTally tally) {
    return tally.lastIndex() < 0
        ? CompletableFuture.completedFuture(Optional.empty())
        : services.log().checkpointCovering(tally.lastIndex()).thenApply(Optional::of);
  }

  private static Problem empty() {
    return Problem.of(
        Code.BATCH_EMPTY, "The body has no alert.", "Send an alert, an array, or lines of them.");
  }
}
