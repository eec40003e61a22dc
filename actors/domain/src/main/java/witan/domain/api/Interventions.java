package witan.domain.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Person;

/** What people do to a case besides voting on it. Each completes when it is in the log. */
public interface Interventions {
  /**
   * Holds the execution of an approved case up for 15 minutes, or for as long again: no forward
   * step begins. Idempotent for a minute. Declined: {@code case_not_found}, {@code pause_reason}
   * (none), {@code execution_aborted}, {@code not_pausable} (a change of the registry), {@code
   * no_action}, {@code pauses_used_up}, {@code wrong_phase}, {@code case_closed}.
   *
   * @param by who asks
   */
  CompletionStage<Answer<Receipt>> pause(CaseId caseId, Person by, String reason);

  /** Lets it go on before that. Idempotent. Declined: {@code not_paused}, and those above. */
  CompletionStage<Answer<Receipt>> resume(CaseId caseId, Person by);

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
