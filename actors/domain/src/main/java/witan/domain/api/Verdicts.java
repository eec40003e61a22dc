package witan.domain.api;

import java.util.concurrent.CompletionStage;
import witan.domain.common.CaseId;
import witan.domain.registry.SignedStatement;

/** What incidents turned out to be. */
public interface Verdicts {
  /**
   * Moves reputations by the final ballots of a sealed case, as a member says that its incident
   * turned out; completes when all of it is in the log. Idempotent: the same statement again is
   * answered as before, while it is the newest of its key. Declined: {@code case_not_found}, {@code
   * wrong_phase}, {@code voting_not_open} (there was no vote), {@code verdict_exists}, {@code
   * wrong_statement}, {@code statement_too_old} (recorded before the case was closed), and those of
   * every statement to the registry.
   */
  CompletionStage<Answer<Receipt>> record(CaseId caseId, SignedStatement signed);
}
