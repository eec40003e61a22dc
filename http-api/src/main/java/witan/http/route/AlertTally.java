package witan.http.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import witan.answers.alerts.AlertCounts;

/**
 * Counts what became of the alerts of one body, in memory that does not grow with it: it keeps the
 * first outcomes, and after them only refusals, as many again. Not thread-safe.
 */
final class AlertTally {
  private final int most;
  private final List<AlertOutcome> kept = new ArrayList<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private int all;
  private int accepted;
  private int busy;
  private long lastIndex = -1;
  private Duration pause = Duration.ZERO;

  /** Keeps so many outcomes, and so many refusals more. */
  AlertTally(int most) {
    this.most = most;
  }

  AlertTally add(AlertOutcome outcome) {
    all++;
    String name = "refused";
    if (outcome.intaken() != null) {
      accepted++;
      name = outcome.intaken().outcome().name().toLowerCase(Locale.ROOT);
      lastIndex = Math.max(lastIndex, outcome.intaken().receipt().index());
    } else if (outcome.problem() != null && outcome.problem().retryAfter() != null) {
      busy++;
      Duration asked = outcome.problem().retryAfter();
      pause = pause.compareTo(asked) < 0 ? asked : pause;
    }
    outcomes.merge(name, 1, Integer::sum);
    if (kept.size() < (outcome.intaken() == null ? 2 * most : most)) {
      kept.add(outcome);
    }
    return this;
  }

  int all() {
    return all;
  }

  /** So many the council could not take now. */
  int busy() {
    return busy;
  }

  Duration pause() {
    return pause;
  }

  /** Of the last alert in the log; -1 where there is none. */
  long lastIndex() {
    return lastIndex;
  }

  List<AlertOutcome> kept() {
    return kept;
  }

  /** The counts; without the outcomes themselves. */
  AlertCounts counts(Optional<String> checkpoint) {
    return new AlertCounts(
        accepted,
        all - accepted,
        outcomes,
        lastIndex < 0 ? null : lastIndex,
        checkpoint.orElse(null));
  }
}
