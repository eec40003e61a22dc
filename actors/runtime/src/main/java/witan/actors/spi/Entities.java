package witan.actors.spi;

import java.util.concurrent.CompletionStage;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.catalogue.CatalogueCommand;
import witan.domain.common.CaseId;
import witan.domain.containment.ContainmentCommand;
import witan.domain.intake.IntakeCommand;
import witan.domain.notes.NoteCommand;
import witan.domain.proposal.CaseCommand;
import witan.domain.registry.RegistryCommand;

/** Sends commands to the sharded aggregates; each stage completes when the answer is in the log. */
public interface Entities {
  CompletionStage<Answer<Receipt>> toCase(CaseId caseId, CaseCommand command);

  CompletionStage<Answer<Receipt>> toRegistry(String councilId, RegistryCommand command);

  CompletionStage<Answer<Receipt>> toIntake(String sensor, IntakeCommand command);

  CompletionStage<Answer<Receipt>> toCatalogue(String councilId, CatalogueCommand command);

  CompletionStage<Answer<Receipt>> toNotes(CaseId caseId, NoteCommand command);

  CompletionStage<Answer<Receipt>> toContainments(String councilId, ContainmentCommand command);
}
