package witan.domain.api;

import java.util.concurrent.CompletionStage;
import witan.domain.common.CaseId;
import witan.domain.registry.SignedVeto;

/** The guardians' emergency stop. */
public interface Vetoes {
  /**
   * Stops a proposal by a veto whose signature was checked; completes when the case has it in the
   * log. Idempotent by case: where a veto of the case is on record already, it is that one which
   * stops it.
   */
  CompletionStage<Answer<Receipt>> veto(CaseId caseId, SignedVeto signed);
}
