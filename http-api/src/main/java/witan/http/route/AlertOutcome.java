package witan.http.route;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.api.Anchors;
import witan.domain.api.Intaken;
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

  Map<String, Object> json(Anchors.Status anchors, Instant now) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", line);
    if (intaken != null) {
      json.put("alertId", intaken.alertId());
      json.put("outcome", intaken.outcome().name().toLowerCase(Locale.ROOT));
      json.put("caseId", intaken.caseId());
      if (intaken.follows() != null) {
        json.put("follows", intaken.follows());
      }
      if (skew != null) {
        json.put("clockAheadSeconds", skew.toSeconds());
      }
      json.put("receipt", AssuranceJson.receipt(intaken.receipt(), anchors, null, now));
    } else if (problem != null) {
      json.put("outcome", "refused");
      json.put("code", problem.refusal().code());
      json.put("detail", problem.refusal().message());
      json.put("hint", problem.refusal().hint());
    }
    return json;
  }
}
