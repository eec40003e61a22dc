package witan.domain.api;

import java.util.concurrent.CompletionStage;
import witan.domain.common.CaseId;
import witan.domain.reputation.Verdict;

/** What incidents turned out to be. */
public interface Verdicts {
  /**
   * Moves reputations by the final ballots of a sealed case; completes when all of it is in the
   * log. Idempotent. Declined: {@code case_not_found}, {@code wrong_phase}, {@code voting_not_open}
   * (there was no vote), {@code verdict_exists}.
   */
  CompletionStage<Answer<Receipt>> record(CaseId caseId, Verdict verdict);
}
