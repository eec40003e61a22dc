package witan.domain.intake;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;

/** What may be asked of a sensor's intake. */
public sealed interface IntakeCommand {
  /** Idempotent by (sensor, alert id). */
  record RecordNonFinding(Alert alert, String reason, String raw) implements IntakeCommand {}

  /** Each of them counted once; of one fingerprint, at most {@link #MOST_SUPPRESSED}. */
  record RecordSuppressed(
      String sensor, String rule, long rulesVersion, Digest fingerprint, List<Suppressed> alerts)
      implements IntakeCommand {
    public RecordSuppressed {
      alerts = List.copyOf(alerts);
    }
  }

  int MOST_SUPPRESSED = 200;

  /**
   * One alert that opens no case.
   *
   * @param key digest of {@link Alert#key()}
   * @param at when the sensor says it happened
   */
  record Suppressed(Digest key, Instant at) {}

  /** Not idempotent: sent once for each interval. */
  record CountRefusals(String sensor, Instant from, Instant to, Map<String, Long> refused)
      implements IntakeCommand {
    public CountRefusals {
      refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    }
  }
}
