package witan.domain.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.BlastRadius;
import witan.domain.waiting.Waiting;

/** Reads of single cases, from the log; they wake no entity, but for {@link #waits}. */
public interface Cases {
  CompletionStage<Optional<LoggedCase>> read(CaseId caseId);

  /**
   * Why the case waits, the most important first: by its state, and by those that plan and execute
   * it, of which a silent one is a reason too. Empty where the case is over. Never fails, and is
   * quick.
   */
  CompletionStage<List<Waiting>> waits(LoggedCase logged);

  /** What a proposal's options would touch; empty where there is none of that digest. */
  CompletionStage<Optional<BlastRadius>> blastRadius(Digest digest);

  /** The evidence bundle of a case as canonical JSON; of an open case it says that it is open. */
  CompletionStage<Answer<byte[]>> bundle(CaseId caseId);
}
