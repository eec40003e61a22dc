package witan.actors.planning;

import java.util.List;
import java.util.concurrent.CompletionStage;
import witan.domain.governance.ResponseOption;
import witan.domain.proposal.CaseState;

/** Which responses fit a case. */
@FunctionalInterface
public interface OptionSource {

  /**
   * A response to vote on.
   *
   * @param playbook its document as canonical JSON without signatures, whose SHA-256 is the
   *     option's playbook digest
   */
  @SuppressWarnings("ArrayRecordComponent") // not copied; nobody writes to it
  record Candidate(ResponseOption option, byte[] playbook) {}

  /** Best first; empty where nothing fits. Changes nothing. */
  CompletionStage<List<Candidate>> options(CaseState observed);
}
