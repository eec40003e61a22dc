package witan.domain.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Person;

/** What people do to a case besides voting on it. Each completes when it is in the log. */
public interface Interventions {
  /**
   * Ends the execution of an approved case early; no further step begins from then on. Idempotent.
   * Declined: {@code case_not_found}, {@code execution_ended} (too late), {@code abort_exists}
   * (with another {@code undo}), {@code not_abortable} (a change of the registry), {@code
   * no_action}, {@code wrong_phase}, {@code abort_reason} (none).
   *
   * @param by who asks
   * @param undo whether what can be taken back is
   */
  CompletionStage<Answer<Receipt>> abort(CaseId caseId, Person by, String reason, boolean undo);

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
