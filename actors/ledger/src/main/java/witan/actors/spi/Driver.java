package witan.actors.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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

  /** Both, each time that either wants to be called. */
  default Driver<S> and(Driver<S> other) {
    return (entityId, logged, now) -> {
      Optional<Duration> mine = drive(entityId, logged, now);
      Optional<Duration> others = other.drive(entityId, logged, now);
      return mine.flatMap(a -> others.map(b -> a.compareTo(b) < 0 ? a : b))
          .or(() -> mine)
          .or(() -> others);
    };
  }
}
