package witan.actors.spi;

import java.util.concurrent.CompletionStage;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.registry.RegistryChange;

/** Has the registry apply what the council has decided. */
@FunctionalInterface
public interface RegistryChanges {
  /**
   * Completes when the change is in the registry's log; idempotent by case.
   *
   * @param caseId the case that decided it; the caller has recounted that decision
   */
  CompletionStage<Answer<Receipt>> apply(
      String councilId, CaseId caseId, Digest proposalHash, RegistryChange change);
}
