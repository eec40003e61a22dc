package witan.domain.notes;

import org.jspecify.annotations.Nullable;
import witan.domain.common.Person;

/** What may be asked of a case's notes; the caller has checked that there is such a case. */
public sealed interface NoteCommand {
  /** Idempotent by author and key, where there is one; the first text counts. */
  record AddNote(Person by, String text, @Nullable String idempotencyKey) implements NoteCommand {}

  /** The caller has checked that the step's outcome is UNKNOWN. Idempotent; the answer is final. */
  record ResolveStep(String step, boolean did, Person by, String note) implements NoteCommand {}
}
