package witan.actors.service;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.Entities;
import witan.actors.spi.EntryLog;
import witan.actors.view.CaseLog;
import witan.actors.view.EntryDecoder;
import witan.codec.event.Family;
import witan.domain.api.Answer;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Receipt;
import witan.domain.api.Vetoes;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.SignedVeto;

/**
 * A veto, in two steps: the registry records it, because the limit is one for all cases, then the
 * case stops. A crash in between leaves a veto that is counted and a case that goes on; the same
 * request again, or another guardian's, finds the recorded one and completes it. Thread-safe.
 */
public final class VetoService implements Vetoes {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final CaseLog cases;
  private final CaseAggregate rules;
  private final Entities entities;
  private final EntryLog log;
  private final EntryDecoder decoder;
  private final String councilId;
  private final InstantSource clock;

  /**
   * A service for one council.
   *
   * @param rules a try of the case's, so that no veto is spent on a case that would not take it
   */
  public VetoService(
      CaseLog cases,
      CaseAggregate rules,
      Entities entities,
      EntryLog log,
      EntryDecoder decoder,
      String councilId,
      InstantSource clock) {
    this.cases = cases;
    this.rules = rules;
    this.entities = entities;
    this.log = log;
    this.decoder = decoder;
    this.councilId = councilId;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer<Receipt>> veto(CaseId caseId, SignedVeto signed) {
    return cases
        .read(caseId)
        .thenCompose(
            found -> {
              CaseState state = found.map(logged -> logged.state()).orElse(rules.empty());
              Decision<CaseEvent> would =
                  rules.decide(state, new CaseCommand.VetoProposal(signed, 0), clock.instant());
              if (would instanceof Decision.Refused<CaseEvent> refused) {
                return answer(new Answer.Declined<>(refused.refusal()));
              }
              return would instanceof Decision.Repeated<CaseEvent>
                  // The case answers with its receipt and reads no further.
                  ? entities.toCase(caseId, new CaseCommand.VetoProposal(signed, 0))
                  : entities
                      .toRegistry(councilId, new RegistryCommand.RecordVeto(caseId, signed))
                      .thenCompose(recorded -> stop(caseId, signed, recorded));
            });
  }

  private CompletionStage<Answer<Receipt>> stop(
      CaseId caseId, SignedVeto signed, Answer<Receipt> recorded) {
    if (!(recorded instanceof Answer.Done<Receipt> done)) {
      return answer(recorded);
    }
    long seq = done.value().seq();
    if (!done.value().repeated()) {
      return entities.toCase(caseId, new CaseCommand.VetoProposal(signed, seq));
    }
    return recorded(seq)
        .thenCompose(
            earlier ->
                earlier.isPresent()
                    ? entities.toCase(caseId, new CaseCommand.VetoProposal(earlier.get(), seq))
                    : answer(
                        new Answer.Busy<>("the recorded veto cannot be read yet", RETRY_AFTER)));
  }

  /** The veto that the registry has under that number. */
  private CompletionStage<Optional<SignedVeto>> recorded(long seq) {
    return log.ofPid(Family.REGISTRY.pid(councilId), seq)
        .thenCompose(
            page -> page.isEmpty() ? none() : decoder.decode(page.get(0)).thenApply(this::veto));
  }

  private Optional<SignedVeto> veto(LoggedEvent event) {
    return CaseLog.meaning(event, RegistryEvent.class) instanceof RegistryEvent.VetoRecorded e
        ? Optional.of(e.signed())
        : Optional.empty();
  }

  private static CompletionStage<Optional<SignedVeto>> none() {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  private static CompletionStage<Answer<Receipt>> answer(Answer<Receipt> answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
