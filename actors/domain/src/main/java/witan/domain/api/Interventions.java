package witan.domain.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Person;

/** What people do to a case besides voting on it. Each completes when it is in the log. */
public interface Interventions {
  /**
   * Says whether a step was done whose outcome is UNKNOWN; logged beside the case, which it does
   * not move. Idempotent. Declined: {@code case_not_found}, {@code not_unknown} (its outcome is
   * known, or it waits for a member's statement), {@code step_resolved} (the opposite was said),
   * {@code note_text}, {@code notes_full}.
   */
  CompletionStage<Answer<Receipt>> resolve(
      CaseId caseId, String step, boolean did, Person by, String note);

  /**
   * Adds a note, at any time, after the seal as well. Declined: {@code case_not_found}, {@code
   * note_text}, {@code notes_full}.
   */
  CompletionStage<Answer<Receipt>> note(
      CaseId caseId, Person by, String text, @Nullable String idempotencyKey);

  /** The notes as logged, the oldest first; empty where there are none. */
  CompletionStage<List<LoggedEvent>> notes(CaseId caseId);
}
