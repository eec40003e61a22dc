package witan.actors.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.view.CaseLog;
import witan.domain.api.Answer;
import witan.domain.api.Ballots;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignedBallot;
import witan.domain.proposal.Notice;
import witan.domain.proposal.SignedDraft;

/**
 * Takes no word of a case that has not heard of its own vote. Two writers of a case may live for a
 * while (a node was cut off, or paused): one opens the vote, and until the other looks at the log
 * again it says that there is none, to a voter who has read the proposal. What it logged would be
 * refused and decided anew; what it refuses is looked up here. Costs nothing but where it is said.
 */
public record CurrentBallots(Ballots ballots, CaseLog log) implements Ballots {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentBallots.class);
  private static final String NOT_OPEN = "voting_not_open";

  /** An idle case looks at the log about as often. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  @Override
  public CompletionStage<Answer<Receipt>> cast(
      CaseId caseId, SignedBallot signed, @Nullable String idempotencyKey) {
    return ballots
        .cast(caseId, signed, idempotencyKey)
        .thenCompose(answer -> current(caseId, answer));
  }

  @Override
  public CompletionStage<Answer<Receipt>> propose(
      CaseId caseId, SignedDraft signed, Eip712Domain domain) {
    return ballots.propose(caseId, signed, domain);
  }

  @Override
  public CompletionStage<Answer<Receipt>> acknowledge(CaseId caseId, Notice notice) {
    return ballots.acknowledge(caseId, notice).thenCompose(answer -> current(caseId, answer));
  }

  private CompletionStage<Answer<Receipt>> current(CaseId caseId, Answer<Receipt> answer) {
    boolean notOpen =
        answer instanceof Answer.Declined<Receipt> declined
            && declined.refusal().code().equals(NOT_OPEN);
    if (!notOpen) {
      return CompletableFuture.completedFuture(answer);
    }
    return log.read(caseId)
        .handle(
            (logged, failure) -> {
              if (failure != null) {
                LOG.debug("case {} was not read", caseId, failure);
                return new Answer.Busy<>("whether the vote is open cannot be read now", AGAIN);
              }
              boolean opened = logged.isPresent() && logged.get().state().voting() != null;
              return opened
                  ? new Answer.Busy<>("the case has not heard yet that its vote is open", AGAIN)
                  : answer;
            });
  }
}
