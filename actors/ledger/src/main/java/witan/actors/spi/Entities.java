package witan.actors.spi;

import java.util.concurrent.CompletionStage;
import witan.codec.event.Family;
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
  /**
   * To the entity of that family and id.
   *
   * @param family one of {@link Family#entities}
   */
  <C> CompletionStage<Answer<Receipt>> submit(Family<C, ?> family, String id, C command);

  default CompletionStage<Answer<Receipt>> toCase(CaseId caseId, CaseCommand command) {
    return submit(Family.CASE, caseId.value(), command);
  }

  default CompletionStage<Answer<Receipt>> toRegistry(String councilId, RegistryCommand command) {
    return submit(Family.REGISTRY, councilId, command);
  }

  default CompletionStage<Answer<Receipt>> toIntake(String sensor, IntakeCommand command) {
    return submit(Family.INTAKE, sensor, command);
  }

  default CompletionStage<Answer<Receipt>> toCatalogue(String councilId, CatalogueCommand command) {
    return submit(Family.CATALOGUE, councilId, command);
  }

  default CompletionStage<Answer<Receipt>> toNotes(CaseId caseId, NoteCommand command) {
    return submit(Family.NOTES, caseId.value(), command);
  }

  default CompletionStage<Answer<Receipt>> toContainments(
      String councilId, ContainmentCommand command) {
    return submit(Family.CONTAINMENT, councilId, command);
  }
}
