package witan.domain.correlation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import witan.domain.detection.Severity;

/**
 * How long a case takes alerts, and how much is remembered.
 *
 * @param windows by severity of the arriving alert, how long after the case's last alert it still
 *     joins; every severity has one
 * @param settledKeys of settled alerts at least so many of the latest keys are remembered (and a
 *     tenth more, because they are dropped in bulk); an older redelivery opens or joins a case
 *     again, and the case itself answers that it has the alert where it is the same one
 * @param pending so many alerts may be on their way to their cases
 */
public record CorrelationLimits(Map<Severity, Duration> windows, int settledKeys, int pending) {

  /** Ten minutes to a day: what is graver is watched for longer; 10,000 settled, 1,000 pending. */
  public static final CorrelationLimits DEFAULT =
      new CorrelationLimits(
          Map.of(
              Severity.UNKNOWN, Duration.ofMinutes(30),
              Severity.INFORMATIONAL, Duration.ofMinutes(10),
              Severity.LOW, Duration.ofMinutes(30),
              Severity.MEDIUM, Duration.ofHours(1),
              Severity.HIGH, Duration.ofHours(4),
              Severity.CRITICAL, Duration.ofHours(12),
              Severity.FATAL, Duration.ofHours(24)),
          10_000,
          1_000);

  public CorrelationLimits {
    windows = Map.copyOf(new EnumMap<>(windows));
    if (windows.size() != Severity.values().length || settledKeys <= 0 || pending <= 0) {
      throw new IllegalArgumentException(
          "every severity has a window, and the limits are positive");
    }
  }

  Duration window(Severity severity) {
    return windows.getOrDefault(severity, Duration.ZERO);
  }
}
