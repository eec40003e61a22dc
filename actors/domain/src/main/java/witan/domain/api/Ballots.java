package witan.domain.api;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.governance.SignedBallot;

/** The ballot box. */
public interface Ballots {
  /** Casts a ballot whose signature was checked; completes when the vote is in the log. */
  CompletionStage<Answer<Receipt>> cast(
      CaseId caseId, SignedBallot signed, @Nullable String idempotencyKey);
}
