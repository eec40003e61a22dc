package witan.http.route;

import akka.NotUsed;
import akka.stream.javadsl.Flow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.codec.json.JsonRefused;
import witan.domain.api.Answer;
import witan.domain.api.Intaken;
import witan.domain.detection.Alert;
import witan.domain.detection.Normalised;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Principal;
import witan.http.auth.SensorRates;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.http.json.AlertBody;
import witan.http.json.AlertReader;

/** Takes one alert of a sensor: within its rate, normalised, into the council. Thread-safe. */
final class AlertTaking {
  private static final Logger LOG = LoggerFactory.getLogger(AlertTaking.class);

  /** Clocks that differ by less are not worth a word. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final Services services;
  private final InstantSource clock;
  private final AlertReader reader;
  private final SensorRates rates;

  AlertTaking(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.clock = clock;
    this.reader = new AlertReader(settings.maxAlertBytes(), services.hasher());
    this.rates = new SensorRates(settings.sensorRate(), settings.sensorBurst());
  }

  /** Who sends, and of which cluster. */
  record Source(Principal sensor, String cluster) {}

  /**
   * The sender of a call that is within its rate.
   *
   * @throws Problem 429 {@code rate_limited}, 403 {@code cluster_not_allowed}
   */
  Source source(Call call) {
    Principal sensor = call.caller();
    Duration wait = rates.admit(sensor.name(), clock.instant());
    if (!wait.isZero()) {
      services.intake().refused(sensor.name(), Code.RATE_LIMITED.wire());
      throw Problem.busy(
          Code.RATE_LIMITED,
          "The sensor " + sensor.name() + " sends more than " + rates.perSecond() + " alerts/s.",
          wait);
    }
    String own = Objects.requireNonNull(sensor.cluster(), "a sensor without a cluster");
    String asked = call.query().text("cluster").orElse(own);
    if (!asked.equals(own) && !sensor.clusters().contains(asked)) {
      throw Problem.of(
          Code.CLUSTER_NOT_ALLOWED,
          "The token does not let this sensor speak for that cluster.",
          "Leave cluster out, or get a token that names it.");
    }
    return new Source(sensor, asked);
  }

  /** Slows a stream down to its sensor's rate. */
  <T> Flow<T, T, NotUsed> paced() {
    return Flow.<T>create()
        .throttle(rates.perSecond(), Duration.ofSeconds(1), rates.burst(), rates.mode());
  }

  /**
   * Never fails.
   *
   * @param format null: told from the alert
   * @param alertId replaces the alert's own id; null keeps it
   */
  CompletionStage<AlertOutcome> take(
      Source source, AlertBody.Piece piece, @Nullable String format, @Nullable String alertId) {
    rates.charge(source.sensor().name());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    AlertReader.Read read;
    try {
      read = reader.read(piece.bytes(), format, source.sensor(), source.cluster(), alertId, now);
    } catch (Problem problem) {
      return refused(source, piece, problem);
    } catch (JsonRefused refused) {
      return refused(source, piece, Problem.of(refused.refusal()));
    }
    Duration skew = skew(read.normalised(), now);
    return services
        .intake()
        .take(read.normalised(), read.raw(), read.signed())
        .thenApply(answer -> outcome(piece.line(), skew, answer))
        .exceptionally(failure -> failed(piece.line(), failure));
  }

  private CompletionStage<AlertOutcome> refused(
      Source source, AlertBody.Piece piece, Problem problem) {
    services.intake().refused(source.sensor().name(), problem.refusal().code());
    return CompletableFuture.completedFuture(new AlertOutcome(piece.line(), null, null, problem));
  }

  private static @Nullable Duration skew(Normalised normalised, Instant now) {
    Alert alert =
        normalised instanceof Normalised.Finding finding
            ? finding.alert()
            : ((Normalised.NotAFinding) normalised).alert();
    Duration ahead = Duration.between(now, alert.at());
    return ahead.compareTo(SKEW) > 0 ? ahead : null;
  }

  private static AlertOutcome outcome(int line, @Nullable Duration skew, Answer<Intaken> answer) {
    try {
      return new AlertOutcome(line, Replies.done(answer), skew, null);
    } catch (Problem problem) {
      return new AlertOutcome(line, null, null, problem);
    }
  }

  /** One alert of many: its failure must not take the others along. */
  private static AlertOutcome failed(int line, Throwable failure) {
    LOG.error("an alert was not taken", failure);
    Problem problem =
        Problem.of(Code.INTERNAL_ERROR, "The alert could not be taken.", "Send it again later.");
    return new AlertOutcome(line, null, null, problem);
  }
}
