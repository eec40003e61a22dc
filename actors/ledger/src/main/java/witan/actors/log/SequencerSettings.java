package witan.actors.log;

import java.time.Duration;
import witan.domain.common.LoggedTimes;

/**
 * Limits of a sequencer.
 *
 * @param batchEntries a batch has at most so many, unless one append alone has more
 * @param batchBytes and at most so many bytes
 * @param linger how long the first of a batch waits for others
 * @param queuedEntries a fuller sequencer drops
 * @param queuedBytes likewise
 * @param parked requests that wait for a look-up, a batch or the succession; more are dropped
 * @param cachedHeads pids whose head is kept in memory
 * @param attempts for a store call, then the sequencer stops
 * @param retryDelay between them
 * @param maxClockDifference of an entry's time from the sequencer's clock
 */
public record SequencerSettings(
    int batchEntries,
    int batchBytes,
    Duration linger,
    int queuedEntries,
    int queuedBytes,
    int parked,
    int cachedHeads,
    int attempts,
    Duration retryDelay,
    Duration maxClockDifference) {
  public static final SequencerSettings DEFAULT =
      new SequencerSettings(
          256,
          1 << 20,
          Duration.ofMillis(5),
          8_192,
          32 << 20,
          8_192,
          100_000,
          5,
          Duration.ofMillis(200),
          LoggedTimes.MAX_DIFFERENCE);
}
