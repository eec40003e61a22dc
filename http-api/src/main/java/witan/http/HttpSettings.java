package witan.http;

import java.time.Duration;

/**
 * Limits of the API; everything has one.
 *
 * @param maxBodyBytes of any body; batches of alerts need the most
 * @param maxAlertBytes of one alert, alone or in a batch
 * @param maxBatch alerts in one batch
 * @param batchParallelism alerts of one batch that are taken at a time: each waits for its commit,
 *     and those that wait together share one
 * @param sensorRate alerts a second that one sensor may send to this node in the long run
 * @param sensorBurst alerts that one sensor may send at once after a pause
 * @param bodyTimeout for a body to arrive whole; of a stream, for the next of it to arrive
 * @param requestTimeout from a request's arrival to its answer
 * @param idleTimeout of a connection; longer than the heartbeat
 * @param maxConnections open at a time; more wait in the listen backlog
 * @param maxStreams event streams open at a time
 * @param streamBuffer events read ahead for one stream
 * @param heartbeat longest silence on an event stream
 * @param gracePeriod for requests in flight when the server stops
 * @param origin name of the log
 * @param logKey the log's verification key (C2SP vkey), as a convenience to readers
 */
public record HttpSettings(
    long maxBodyBytes,
    int maxAlertBytes,
    int maxBatch,
    int batchParallelism,
    int sensorRate,
    int sensorBurst,
    Duration bodyTimeout,
    Duration requestTimeout,
    Duration idleTimeout,
    int maxConnections,
    int maxStreams,
    int streamBuffer,
    Duration heartbeat,
    Duration gracePeriod,
    String origin,
    String logKey) {
  public HttpSettings {
    if (maxBodyBytes < 1
        || maxAlertBytes < 1
        || maxAlertBytes > maxBodyBytes
        || maxBatch < 1
        || batchParallelism < 1
        || sensorRate < 1
        || sensorBurst < 1
        || maxConnections < 1
        || maxStreams < 1
        || streamBuffer < 1) {
      throw new IllegalArgumentException("every limit is at least 1, an alert fits into a body");
    }
    if (heartbeat.compareTo(idleTimeout) >= 0 || heartbeat.isZero() || heartbeat.isNegative()) {
      throw new IllegalArgumentException("the heartbeat is shorter than the idle time-out");
    }
  }

  /** 1 MiB bodies, 64 KiB alerts, 1,000 alerts a batch, 1,000 alerts/s a sensor, 20 s a request. */
  public static HttpSettings defaults(String origin, String logKey) {
    return new HttpSettings(
        1 << 20,
        1 << 16,
        1_000,
        128,
        1_000,
        10_000,
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        1_024,
        256,
        64,
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        origin,
        logKey);
  }
}
