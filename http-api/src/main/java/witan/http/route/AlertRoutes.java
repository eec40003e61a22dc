package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.codec.json.JsonRefused;
import witan.domain.api.Answer;
import witan.domain.api.Intaken;
import witan.domain.common.Refusal;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.http.json.AlertBody;
import witan.http.json.AlertReader;
import witan.http.json.AssuranceJson;

/**
 * The way in for alerts. One alert is answered for itself; of a batch the good alerts are taken and
 * each bad one is reported with its place and reason, and the answer is 202 even if all were bad,
 * for the batch as such was understood. Only when every alert met a busy council is it 503.
 */
public final class AlertRoutes {
  private static final String NDJSON = "application/x-ndjson";

  private final Services services;
  private final HttpSettings settings;
  private final InstantSource clock;
  private final AlertReader reader;

  public AlertRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.settings = settings;
    this.clock = clock;
    this.reader = new AlertReader(settings.maxAlertBytes(), services.hasher());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
            "/v1/alerts",
            Access.only(Role.SENSOR),
            Set.of("format"),
            new Endpoint.Body(Set.of("application/json", NDJSON), settings.maxBodyBytes()),
            this::take));
  }

  private CompletionStage<HttpResponse> take(Call call) {
    boolean lines = call.mediaType().equals(NDJSON);
    if (!lines && !AlertBody.isArray(call.body())) {
      return takeOne(call);
    }
    List<AlertBody.Piece> pieces =
        lines
            ? AlertBody.lines(call.body(), settings.maxBatch())
            : AlertBody.elements(call.body(), settings.maxBatch());
    if (pieces.isEmpty()) {
      throw Problem.of(
          Code.BATCH_EMPTY, "The body has no alert.", "Send an alert, an array, or lines of them.");
    }
    return Source.from(pieces)
        // In a batch each alert stands for itself, under its own id: the key is not needed.
        .mapAsync(settings.batchParallelism(), piece -> taken(call, piece, null))
        .runWith(Sink.seq(), call.materializer())
        .thenCompose(this::answer);
  }

  private CompletionStage<HttpResponse> takeOne(Call call) {
    return taken(call, new AlertBody.Piece(1, call.body()), call.idempotencyKey())
        .thenCompose(
            taken -> {
              if (taken.problem() != null) {
                throw taken.problem();
              }
              return answer(List.of(taken));
            });
  }

  /**
   * @param alertId replaces the alert's own id; null keeps it
   */
  private CompletionStage<Taken> taken(Call call, AlertBody.Piece piece, @Nullable String alertId) {
    AlertReader.Read read;
    try {
      read =
          reader.read(
              piece.bytes(),
              call.query().text("format").orElse(null),
              call.caller(),
              alertId,
              clock.instant().truncatedTo(ChronoUnit.MILLIS));
    } catch (Problem problem) {
      return CompletableFuture.completedFuture(new Taken(piece.line(), null, problem));
    } catch (JsonRefused refused) {
      return CompletableFuture.completedFuture(
          new Taken(piece.line(), null, Problem.of(refused.refusal())));
    }
    return services
        .intake()
        .take(read.normalised(), read.raw())
        .thenApply(answer -> taken(piece.line(), answer));
  }

  private static Taken taken(int line, Answer<Intaken> answer) {
    try {
      return new Taken(line, Replies.done(answer), null);
    } catch (Problem problem) {
      return new Taken(line, null, problem);
    }
  }

  private CompletionStage<HttpResponse> answer(List<Taken> all) {
    long last = -1;
    Duration pause = Duration.ZERO;
    int busy = 0;
    for (Taken taken : all) {
      if (taken.intaken() != null) {
        last = Math.max(last, taken.intaken().receipt().index());
      } else if (taken.problem() != null && taken.problem().retryAfter() != null) {
        busy++;
        pause =
            pause.compareTo(taken.problem().retryAfter()) < 0
                ? taken.problem().retryAfter()
                : pause;
      }
    }
    if (busy == all.size()) {
      throw Problem.busy(Code.BUSY, "No alert of the batch could be taken now.", pause);
    }
    CompletionStage<@Nullable String> checkpoint =
        last < 0
            ? CompletableFuture.completedFuture(null)
            : services.log().checkpointCovering(last).thenApply(note -> note);
    return checkpoint.thenApply(note -> Replies.json(202, json(all, note)));
  }

  private Map<String, Object> json(List<Taken> all, @Nullable String checkpoint) {
    List<Map<String, Object>> lines = new ArrayList<>();
    int accepted = 0;
    for (Taken taken : all) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("line", taken.line());
      if (taken.intaken() != null) {
        accepted++;
        put(line, taken.intaken());
      } else if (taken.problem() != null) {
        put(line, taken.problem().refusal());
      }
      lines.add(line);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("accepted", accepted);
    json.put("refused", all.size() - accepted);
    json.put("alerts", lines);
    json.put("checkpoint", checkpoint);
    return json;
  }

  private void put(Map<String, Object> line, Intaken intaken) {
    line.put("alertId", intaken.alertId());
    line.put("outcome", intaken.outcome().name().toLowerCase(Locale.ROOT));
    line.put("caseId", intaken.caseId());
    line.put(
        "receipt",
        AssuranceJson.receipt(
            intaken.receipt(), services.anchors().status(), null, clock.instant()));
  }

  private static void put(Map<String, Object> line, Refusal refusal) {
    line.put("outcome", "refused");
    line.put("code", refusal.code());
    line.put("detail", refusal.message());
    line.put("hint", refusal.hint());
  }

  /** What became of a piece: one of the two is there. */
  private record Taken(int line, @Nullable Intaken intaken, @Nullable Problem problem) {}
}
