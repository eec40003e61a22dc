package witan.domain.notes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.domain.common.DomainEvent;
import witan.domain.common.Person;

/** What was added to a case beside it, under the pid {@code notes|<case>}. */
public sealed interface NoteEvent extends DomainEvent {
  /** Who, as {@link Person#pseudonym}. */
  String by();

  /**
   * Somebody's words.
   *
   * @param by who, as {@link Person#pseudonym}
   * @param person {@link Person#sealed}
   */
  record NoteAdded(
      String by, String text, @Nullable String idempotencyKey, Instant at, @Nullable String person)
      implements NoteEvent {}

  /**
   * Somebody looked whether a step whose outcome was UNKNOWN had its effect. The case itself stays
   * as it is sealed.
   *
   * @param did whether the effect is there
   * @param by who, as {@link Person#pseudonym}
   * @param person {@link Person#sealed}
   */
  record StepResolved(
      String step, boolean did, String by, String note, Instant at, @Nullable String person)
      implements NoteEvent {}
}
