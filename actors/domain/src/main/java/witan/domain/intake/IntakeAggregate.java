package witan.domain.intake;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import witan.domain.common.Aggregate;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.PersistentMap;

/**
 * What one sensor sent that opened no case. Of the keys, at least the last {@code keys} are
 * remembered and never twice as many; they are dropped in bulk, so that an event costs constant
 * time on average.
 */
public final class IntakeAggregate implements Aggregate<IntakeState, IntakeCommand, IntakeEvent> {
  public static final int DEFAULT_KEYS = 5_000;

  private final int keys;

  public IntakeAggregate() {
    this(DEFAULT_KEYS);
  }

  /**
   * Remembers so many keys.
   *
   * @param keys positive
   */
  public IntakeAggregate(int keys) {
    if (keys <= 0) {
      throw new IllegalArgumentException("keys must be positive");
    }
    this.keys = keys;
  }

  @Override
  public IntakeState empty() {
    return IntakeState.EMPTY;
  }

  @Override
  public boolean sealed(IntakeState state) {
    return false;
  }

  @Override
  public Decision<IntakeEvent> decide(IntakeState s, IntakeCommand command, Instant now) {
    if (command instanceof IntakeCommand.RecordNonFinding c) {
      Long before = s.seqByKey().get(c.alert().key());
      return before == null
          ? Decision.accept(new IntakeEvent.NonFindingRecorded(c.alert(), c.reason(), c.raw(), now))
          : new Decision.Repeated<>(before);
    }
    if (command instanceof IntakeCommand.RecordSuppressed c) {
      return suppressed(s, c, now);
    }
    if (command instanceof IntakeCommand.CountRefusals c) {
      return c.refused().isEmpty()
          ? Decision.refuse("nothing_refused", "there is nothing to count", "Send counts.")
          : Decision.accept(
              new IntakeEvent.RefusalsCounted(c.sensor(), c.from(), c.to(), c.refused(), now));
    }
    throw new IllegalStateException("unknown command " + command.getClass());
  }

  private static Decision<IntakeEvent> suppressed(
      IntakeState s, IntakeCommand.RecordSuppressed c, Instant now) {
    if (c.alerts().isEmpty() || c.alerts().size() > IntakeCommand.MOST_SUPPRESSED) {
      return Decision.refuse(
          "too_many_suppressed",
          "1 to " + IntakeCommand.MOST_SUPPRESSED + " alerts are counted at a time",
          "Send them in parts.");
    }
    Map<Digest, Instant> fresh = new LinkedHashMap<>();
    long before = 0;
    for (IntakeCommand.Suppressed alert : c.alerts()) {
      Long seq = s.seqByKey().get(key(alert.key()));
      if (seq == null) {
        fresh.put(alert.key(), alert.at());
      } else {
        before = seq;
      }
    }
    if (fresh.isEmpty()) {
      return new Decision.Repeated<>(before);
    }
    return Decision.accept(
        new IntakeEvent.AlertsSuppressed(
            c.sensor(),
            c.rule(),
            c.rulesVersion(),
            c.fingerprint(),
            List.copyOf(fresh.keySet()),
            fresh.size(),
            Collections.min(fresh.values()),
            Collections.max(fresh.values()),
            now));
  }

  /** Never the key of an alert: those hold a slash after the sensor's name. */
  private static String key(Digest suppressed) {
    return "suppressed:" + suppressed.hex();
  }

  @Override
  public IntakeState apply(IntakeState s, IntakeEvent event) {
    if (event instanceof IntakeEvent.NonFindingRecorded e) {
      long seq = s.seq() + 1;
      return remembering(PersistentMap.of(s.seqByKey()).plus(e.alert().key(), seq), seq);
    }
    if (event instanceof IntakeEvent.AlertsSuppressed e) {
      long seq = s.seq() + 1;
      PersistentMap<String, Long> known = PersistentMap.of(s.seqByKey());
      for (Digest alert : e.alerts()) {
        known = known.plus(key(alert), seq);
      }
      return remembering(known, seq);
    }
    if (event instanceof IntakeEvent.RefusalsCounted) {
      return new IntakeState(s.seq() + 1, s.seqByKey());
    }
    throw new IllegalStateException("unknown event " + event.getClass());
  }

  /** An event may bring many keys, so what is old is told by rank. */
  private IntakeState remembering(PersistentMap<String, Long> known, long seq) {
    if (known.size() < 2L * keys) {
      return new IntakeState(seq, known);
    }
    long oldest =
        known.values().stream()
            .sorted(Comparator.reverseOrder())
            .skip(keys - 1L)
            .findFirst()
            .orElse(0L);
    return new IntakeState(seq, known.keeping((key, number) -> number >= oldest));
  }
}
