package witan.actors.planning;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;

/** Has the options of a proposal tried before they are voted on. */
@FunctionalInterface
public interface BlastRadii {
  /**
   * The digest of a {@link witan.domain.governance.BlastRadius}, which is in the content store
   * then. Changes nothing, so it may be asked again. Completes within a bounded time; fails where a
   * whole answer is demanded and was not to be had.
   *
   * @param options whose playbooks are in the content store
   */
  CompletionStage<Optional<Digest>> survey(CaseId caseId, List<ResponseOption> options);
}
