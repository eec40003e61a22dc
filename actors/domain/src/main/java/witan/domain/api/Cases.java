package witan.domain.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.BlastRadius;

/** Reads of single cases, from the log; they wake no entity. */
public interface Cases {
  CompletionStage<Optional<LoggedCase>> read(CaseId caseId);

  /** What a proposal's options would touch; empty where there is none of that digest. */
  CompletionStage<Optional<BlastRadius>> blastRadius(Digest digest);

  /** The evidence bundle of a case as canonical JSON; of an open case it says that it is open. */
  CompletionStage<Answer<byte[]>> bundle(CaseId caseId);
}
