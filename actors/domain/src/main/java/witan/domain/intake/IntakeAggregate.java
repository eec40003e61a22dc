package witan.domain.intake;

import java.time.Instant;
import witan.domain.common.Decision;
import witan.domain.common.PersistentMap;
import witan.domain.spi.Aggregate;

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
    throw new IllegalStateException("unknown command " + command.getClass());
  }

  @Override
  public IntakeState apply(IntakeState s, IntakeEvent event) {
    if (event instanceof IntakeEvent.NonFindingRecorded e) {
      long seq = s.seq() + 1;
      PersistentMap<String, Long> known = PersistentMap.of(s.seqByKey()).plus(e.alert().key(), seq);
      return new IntakeState(
          seq,
          known.size() < 2L * keys ? known : known.keeping((key, number) -> number > seq - keys));
    }
    throw new IllegalStateException("unknown event " + event.getClass());
  }
}
