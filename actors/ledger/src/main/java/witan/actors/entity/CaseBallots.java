package witan.actors.entity;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.actors.spi.Entities;
import witan.domain.api.Answer;
import witan.domain.api.Ballots;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignedBallot;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.ContentHasher;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.Notice;
import witan.domain.proposal.SignedDraft;

/** Ballots and proposals go to the case. */
public record CaseBallots(Entities entities, ContentHasher hasher) implements Ballots {
  @Override
  public CompletionStage<Answer<Receipt>> cast(
      CaseId caseId, SignedBallot signed, @Nullable String idempotencyKey) {
    return entities.toCase(caseId, new CaseCommand.CastVote(signed, idempotencyKey));
  }

  @Override
  public CompletionStage<Answer<Receipt>> propose(
      CaseId caseId, SignedDraft signed, Eip712Domain domain) {
    CaseId old = DraftRules.oldCaseId(signed, hasher);
    // The case of before 2026-12 knows its statement again; nothing can be opened there any more.
    return entities
        .toCase(old, new CaseCommand.Propose(old, signed, domain))
        .thenCompose(
            answer ->
                answer instanceof Answer.Declined<Receipt>
                    ? entities.toCase(caseId, new CaseCommand.Propose(caseId, signed, domain))
                    : CompletableFuture.completedFuture(answer));
  }

  @Override
  public CompletionStage<Answer<Receipt>> acknowledge(CaseId caseId, Notice notice) {
    return entities.toCase(caseId, new CaseCommand.RecordNotices(List.of(notice)));
  }
}
