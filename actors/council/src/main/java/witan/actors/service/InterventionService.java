package witan.actors.service;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import witan.actors.spi.Entities;
import witan.actors.spi.EntryLog;
import witan.actors.view.CaseLog;
import witan.actors.view.EntryDecoder;
import witan.codec.event.Family;
import witan.domain.api.Answer;
import witan.domain.api.Interventions;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Person;
import witan.domain.common.Refusal;
import witan.domain.notes.NoteCommand;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;
import witan.domain.proposal.StepOutcome;

/** Sends people's words to the case, or beside it where the case can say nothing more. */
public final class InterventionService implements Interventions {
  private final CaseLog cases;
  private final EntryLog log;
  private final EntryDecoder decoder;
  private final Entities entities;

  public InterventionService(CaseLog cases, EntryLog log, EntryDecoder decoder, Entities entities) {
    this.cases = cases;
    this.log = log;
    this.decoder = decoder;
    this.entities = entities;
  }

  @Override
  public CompletionStage<Answer<Receipt>> pause(CaseId caseId, Person by, String reason) {
    return entities.toCase(caseId, new CaseCommand.PauseExecution(by, reason));
  }

  @Override
  public CompletionStage<Answer<Receipt>> resume(CaseId caseId, Person by) {
    return entities.toCase(caseId, new CaseCommand.ResumeExecution(by));
  }

  @Override
  public CompletionStage<Answer<Receipt>> resolve(
      CaseId caseId, String step, boolean did, Person by, String note) {
    return ofCase(
        caseId,
        logged ->
            unknown(logged, step)
                ? entities.toNotes(caseId, new NoteCommand.ResolveStep(step, did, by, note))
                : CompletableFuture.completedFuture(
                    new Answer.Declined<>(
                        new Refusal(
                            "not_unknown",
                            "the outcome of this step is not unknown",
                            "confirm a step that waits for a person with ./witan vote confirm"))));
  }

  @Override
  public CompletionStage<Answer<Receipt>> note(
      CaseId caseId, Person by, String text, @Nullable String idempotencyKey) {
    return ofCase(
        caseId,
        logged -> entities.toNotes(caseId, new NoteCommand.AddNote(by, text, idempotencyKey)));
  }

  /** A case's id is anybody's to invent: notes are taken of cases that are in the log alone. */
  private CompletionStage<Answer<Receipt>> ofCase(
      CaseId caseId, Function<LoggedCase, CompletionStage<Answer<Receipt>>> then) {
    return cases
        .read(caseId)
        .thenCompose(
            found ->
                found
                    .map(then)
                    .orElseGet(
                        () ->
                            CompletableFuture.completedFuture(
                                new Answer.Declined<>(
                                    new Refusal(
                                        "case_not_found",
                                        "there is no case " + caseId,
                                        "check the case id")))));
  }

  private static boolean unknown(LoggedCase logged, String step) {
    Execution execution = logged.state().execution();
    Optional<CaseEvent.StepObserved> seen =
        Optional.ofNullable(execution == null ? null : execution.latest(step));
    return seen.filter(s -> s.outcome() == StepOutcome.UNKNOWN).isPresent();
  }

  @Override
  public CompletionStage<List<LoggedEvent>> notes(CaseId caseId) {
    return log.allOfPid(Family.NOTES.pid(caseId), 1).thenCompose(decoder::decode);
  }
}
