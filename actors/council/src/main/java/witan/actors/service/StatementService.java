package witan.actors.service;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import witan.actors.spi.Entities;
import witan.actors.view.CaseLog;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.api.Statements;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.SignedStatement;

/**
 * A member's statement, in two steps: the registry records it, because it alone knows who is a
 * member now, then the case takes it. A crash in between leaves a statement on record and a case as
 * it was; the same request again completes it. Thread-safe.
 */
public final class StatementService implements Statements {
  private final CaseLog cases;
  private final CaseAggregate rules;
  private final Entities entities;
  private final String councilId;
  private final InstantSource clock;

  /**
   * A service for one council.
   *
   * @param rules a try of the case's, so that nothing is recorded that the case would not take
   */
  public StatementService(
      CaseLog cases,
      CaseAggregate rules,
      Entities entities,
      String councilId,
      InstantSource clock) {
    this.cases = cases;
    this.rules = rules;
    this.entities = entities;
    this.councilId = councilId;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer<Receipt>> confirm(
      CaseId caseId, String step, SignedStatement signed) {
    return said(
        caseId,
        signed,
        seq -> new CaseCommand.ConfirmStep(step, new RecordedStatement(signed, seq)));
  }

  @Override
  public CompletionStage<Answer<Receipt>> abort(CaseId caseId, SignedStatement signed) {
    return said(
        caseId, signed, seq -> new CaseCommand.AbortExecution(new RecordedStatement(signed, seq)));
  }

  /**
   * Tries it, records it, does it.
   *
   * @param command of the case, by the number of the registry's event
   */
  private CompletionStage<Answer<Receipt>> said(
      CaseId caseId, SignedStatement signed, LongFunction<CaseCommand> command) {
    return cases
        .read(caseId)
        .thenCompose(
            found -> {
              CaseState state = found.map(logged -> logged.state()).orElse(rules.empty());
              Decision<CaseEvent> would = rules.decide(state, command.apply(0), clock.instant());
              if (would instanceof Decision.Refused<CaseEvent> refused) {
                return answer(new Answer.Declined<>(refused.refusal()));
              }
              return would instanceof Decision.Repeated<CaseEvent>
                  // The case answers with its receipt and reads no further.
                  ? entities.toCase(caseId, command.apply(0))
                  : entities
                      .toRegistry(councilId, new RegistryCommand.RecordStatement(caseId, signed))
                      .thenCompose(recorded -> done(caseId, command, recorded));
            });
  }

  private CompletionStage<Answer<Receipt>> done(
      CaseId caseId, LongFunction<CaseCommand> command, Answer<Receipt> recorded) {
    return recorded instanceof Answer.Done<Receipt> done
        ? entities.toCase(caseId, command.apply(done.value().seq()))
        : answer(recorded);
  }

  private static CompletionStage<Answer<Receipt>> answer(Answer<Receipt> answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
