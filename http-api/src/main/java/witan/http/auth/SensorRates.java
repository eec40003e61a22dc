package witan.http.auth;

import akka.stream.ThrottleMode;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentMap;

/**
 * How much each sensor may send to this node: a bucket of alerts that fills at a steady rate. A
 * body that was begun is taken to its end and may leave a debt, which the next one waits for.
 * Thread-safe.
 */
public final class SensorRates {
  /** Tokens name sensors, and only an operator makes tokens; a bound all the same. */
  private static final int MOST_SENSORS = 10_000;

  private final int perSecond;
  private final int burst;

  /** One that was forgotten is full again. */
  private final ConcurrentMap<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MOST_SENSORS).<String, Bucket>build().asMap();

  /**
   * The same for every sensor.
   *
   * @param perSecond alerts a second in the long run
   * @param burst alerts at once after a pause
   */
  public SensorRates(int perSecond, int burst) {
    this.perSecond = perSecond;
    this.burst = burst;
  }

  /** Immutable; the level is of the time. */
  private record Bucket(double level, Instant at) {}

  public int perSecond() {
    return perSecond;
  }

  public int burst() {
    return burst;
  }

  /** A stream is slowed down, never broken off. */
  public ThrottleMode mode() {
    return ThrottleMode.shaping();
  }

  /** Zero where the sensor may send now, else how long it should wait. */
  public Duration admit(String sensor, Instant now) {
    Bucket bucket =
        buckets.compute(sensor, (name, b) -> b == null ? new Bucket(burst, now) : filled(b, now));
    if (bucket.level() >= 1) {
      return Duration.ZERO;
    }
    return Duration.ofMillis((long) Math.ceil((1 - bucket.level()) * 1000 / perSecond));
  }

  /** Takes one alert out. */
  public void charge(String sensor) {
    buckets.computeIfPresent(sensor, (name, b) -> new Bucket(b.level() - 1, b.at()));
  }

  private Bucket filled(Bucket bucket, Instant now) {
    double seconds = Math.max(0, Duration.between(bucket.at(), now).toMillis() / 1000.0);
    return new Bucket(
        Math.min(burst, bucket.level() + seconds * perSecond),
        now.isAfter(bucket.at()) ? now : bucket.at());
  }
}
