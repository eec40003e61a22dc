package witan.domain.api;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignedBallot;
import witan.domain.proposal.Notice;
import witan.domain.proposal.SignedDraft;

/** The ballot box. */
public interface Ballots {
  /** Casts a ballot; completes when the vote is in the log. */
  CompletionStage<Answer<Receipt>> cast(
      CaseId caseId, SignedBallot signed, @Nullable String idempotencyKey);

  /**
   * Opens a case with a proposal; completes when it is in the log. A proposal that opened a case
   * under its older name is answered by that case.
   *
   * @param caseId {@link witan.domain.proposal.DraftRules#caseId}
   * @param domain the council's
   */
  CompletionStage<Answer<Receipt>> propose(CaseId caseId, SignedDraft signed, Eip712Domain domain);

  /**
   * Notes that a voter knows of the vote; completes when it is in the log. One a voter, whatever
   * the channel.
   */
  CompletionStage<Answer<Receipt>> acknowledge(CaseId caseId, Notice notice);
}
