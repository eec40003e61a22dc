package witan.actors.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import witan.domain.waiting.Waiting;

/**
 * Turns logged state into work: planning, deadlines, execution.
 *
 * @param <S> the aggregate's state
 */
@FunctionalInterface
public interface Driver<S> {
  /**
   * Called after recovery, after each logged change, and again after the returned delay. Must be
   * idempotent and must not block: a crash before, during or after it only means that it is called
   * again from the same logged state.
   *
   * @return when to call again though nothing was logged; empty when nothing is outstanding
   */
  Optional<Duration> drive(String entityId, S logged, Instant now);

  /** Why the entity waits, as far as this driver knows; empty where it goes on. */
  default List<Waiting> waits(String entityId) {
    return List.of();
  }

  /** The entity is not on this node any more. */
  default void stopped(String entityId) {}

  /** Both, each time that either wants to be called. */
  default Driver<S> and(Driver<S> other) {
    Driver<S> one = this;
    return new Driver<>() {
      @Override
      public Optional<Duration> drive(String entityId, S logged, Instant now) {
        Optional<Duration> mine = one.drive(entityId, logged, now);
        Optional<Duration> others = other.drive(entityId, logged, now);
        return mine.flatMap(a -> others.map(b -> a.compareTo(b) < 0 ? a : b))
            .or(() -> mine)
            .or(() -> others);
      }

      @Override
      public List<Waiting> waits(String entityId) {
        return Waiting.ordered(one.waits(entityId), other.waits(entityId));
      }

      @Override
      public void stopped(String entityId) {
        one.stopped(entityId);
        other.stopped(entityId);
      }
    };
  }
}
