package witan.domain.common;

import java.time.Instant;

/**
 * A pure state machine. {@code decide} and {@code apply} have no side effects, read no clock and
 * never throw for any command that the types allow.
 *
 * @param <S> state, immutable
 * @param <C> command
 * @param <E> event
 */
public interface Aggregate<S, C, E> {
  /** The state before the first event. */
  S empty();

  Decision<E> decide(S state, C command, Instant now);

  S apply(S state, E event);

  /** True once nothing may follow (after {@code CaseSealed}). */
  boolean sealed(S state);
}
