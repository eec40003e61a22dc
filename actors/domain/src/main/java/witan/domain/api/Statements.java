package witan.domain.api;

import java.util.concurrent.CompletionStage;
import witan.domain.common.CaseId;
import witan.domain.registry.SignedStatement;

/** What members say of a case, signed: a token opens no gate and ends no execution. */
public interface Statements {
  /**
   * Says whether a step was done that waits for a person; completes when the case has it in the
   * log. Idempotent: the same statement again is answered as before, while it is the newest of its
   * key. Declined: {@code case_not_found}, {@code not_manual} (nobody is asked), {@code
   * step_resolved} (it is over: another statement says so, or it was rehearsed), {@code
   * wrong_statement}, {@code statement_reason}, {@code not_entitled}, {@code deadline_too_far},
   * {@code case_closed}, and those of every statement to the registry.
   */
  CompletionStage<Answer<Receipt>> confirm(CaseId caseId, String step, SignedStatement signed);

  /**
   * Ends the execution of an approved case early; no further step begins from then on. Idempotent
   * as above; whoever says the same later is answered with the first. Declined: {@code
   * case_not_found}, {@code execution_ended} (too late), {@code abort_exists} (with another {@code
   * undo}), {@code not_abortable} (a change of the registry), {@code no_action}, {@code
   * containment_open}, {@code wrong_phase}, {@code abort_reason} (none), and those above that are
   * not about steps.
   */
  CompletionStage<Answer<Receipt>> abort(CaseId caseId, SignedStatement signed);
}
