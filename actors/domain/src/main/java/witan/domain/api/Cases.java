package witan.domain.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.domain.common.CaseId;

/** Reads of single cases, from the log; they wake no entity. */
public interface Cases {
  CompletionStage<Optional<LoggedCase>> read(CaseId caseId);

  /** The evidence bundle of a case as canonical JSON; of an open case it says that it is open. */
  CompletionStage<Answer<byte[]>> bundle(CaseId caseId);
}
