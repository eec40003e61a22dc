package witan.actors.entity;

import java.time.Duration;

/**
 * Limits of an entity.
 *
 * @param pendingCommands that wait for an answer; more are answered Busy
 * @param appendBytes of one append; a single decision may not exceed it
 * @param appendEntries of one append and of one persisted list
 * @param redecisions of one command after lost races, then Busy
 * @param headAttempts while the log seems to be behind, then an alarm
 * @param resend after which an append is sent again; half of it is jitter
 * @param askAgain after which the head is asked again; half of it is jitter
 * @param passivateAfter for entities that are sealed, or empty
 * @param minBackoff after a failure
 * @param maxBackoff after many
 */
public record EntitySettings(
    int pendingCommands,
    int appendBytes,
    int appendEntries,
    int redecisions,
    int headAttempts,
    Duration resend,
    Duration askAgain,
    Duration passivateAfter,
    Duration minBackoff,
    Duration maxBackoff) {
  public static final EntitySettings DEFAULT =
      new EntitySettings(
          512,
          128 << 10,
          128,
          5,
          60,
          Duration.ofMillis(1_500),
          Duration.ofMillis(1_000),
          Duration.ofMinutes(2),
          Duration.ofMillis(200),
          Duration.ofSeconds(10));
}
