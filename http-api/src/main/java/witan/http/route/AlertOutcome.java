package witan.http.route;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import witan.answers.alerts.AlertLine;
import witan.answers.alerts.AlertLine.AlertRefused;
import witan.answers.alerts.AlertLine.AlertTaken;
import witan.answers.alerts.AlertLine.AlertTaken.Taken;
import witan.domain.api.Anchors;
import witan.domain.api.Intaken;
import witan.domain.common.Refusal;
import witan.http.error.Problem;
import witan.http.json.AssuranceJson;

/**
 * What became of one alert of a body: it was taken, or there is a problem; one of the two.
 *
 * @param line of NDJSON, or place in an array; from 1
 * @param skew how far the sensor's clock is ahead of ours, as far as the alert shows; null where it
 *     shows nothing: an alert may come as late as it likes
 */
record AlertOutcome(
    int line, @Nullable Intaken intaken, @Nullable Duration skew, @Nullable Problem problem) {

  AlertLine answer(Anchors.Status anchors, Instant now) {
    if (intaken == null) {
      Refusal refusal = Objects.requireNonNull(problem).refusal();
      return new AlertRefused(line, refusal.code(), refusal.message(), refusal.hint());
    }
    return new AlertTaken(
        line,
        intaken.alertId(),
        Taken.valueOf(intaken.outcome().name()),
        intaken.caseId(),
        intaken.follows(),
        skew == null ? null : skew.toSeconds(),
        AssuranceJson.receipt(intaken.receipt(), anchors, null, now));
  }
}
