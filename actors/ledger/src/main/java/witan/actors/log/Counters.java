package witan.actors.log;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import witan.actors.peer.PeerRefused;

/** What a node has seen since it started. Thread-safe. */
public final class Counters {
  /** WRITER_CONFLICT: appends that another writer of the pid was ahead of. */
  public final LongAdder writerConflicts = new LongAdder();

  /** Appends whose times the log did not take; nobody was ahead of them. */
  public final LongAdder badTimes = new LongAdder();

  /** Whether the log takes this node's time. */
  public final LogClock clock = new LogClock();

  /** Told now and then: every entity of a node whose clock is wrong hears of it. */
  public final Repeated clockWarnings = new Repeated(Duration.ofSeconds(30), System::nanoTime);

  /** Whether the log could be put back unseen. */
  public final LogProtection protection = new LogProtection();

  /** Logs that were taken as they were found, because nothing outside the database knew them. */
  public final LongAdder unprotectedStarts = new LongAdder();

  /** Journal, log and head row contradict each other: a person must look. */
  public final LongAdder alarms = new LongAdder();

  public final LongAdder batchesCommitted = new LongAdder();
  public final LongAdder entriesCommitted = new LongAdder();

  /** Told now and then: while the database is away, every message starts a sequencer in vain. */
  final Repeated sequencerStops = new Repeated(Duration.ofSeconds(30), System::nanoTime);

  /** Told now and then: who writes an older version sends it again and again. */
  final Repeated oldVersions = new Repeated(Duration.ofSeconds(30), System::nanoTime);

  /** Entities that stopped by exception, to recover. */
  public final LongAdder entityFailures = new LongAdder();

  /** REFUSED_SENDER: messages that were not taken for who sent them. */
  public final LongAdder refusedSenders = new LongAdder();

  private final Map<String, Repeated> refusals = new ConcurrentHashMap<>();

  /**
   * Counts one.
   *
   * @param kind of message; there are few of them
   * @return how many of the kind were not told since the last that was, or empty when this one is
   *     not
   */
  public OptionalLong refusedSender(String kind, PeerRefused.Code code) {
    refusedSenders.increment();
    return refusals
        .computeIfAbsent(
            kind + " " + code, k -> new Repeated(Duration.ofSeconds(30), System::nanoTime))
        .turn();
  }
}
