package witan.answers.cases;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.detection.Alert;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.SignedDraft;

/**
 * A case but for the values of its events.
 *
 * @param proposed the signed proposal that opened it
 * @param proposal path of the proposal
 * @param waits why it waits, the most important first; empty where it is over
 * @param paused null where it is not, or not any more
 * @param containment what was done before the decision, or why nothing was
 * @param follows the earlier case that this one takes up again
 * @param next the case in which its drifted targets are voted on
 */
public record CaseAnswer(
    @JsonUnwrapped CaseHead head,
    @Nullable String councilId,
    @Nullable SignedDraft proposed,
    List<Alert> alerts,
    @Nullable String proposal,
    @Nullable Outcome outcome,
    @Nullable ExecutionHead execution,
    List<WaitLine> waits,
    @Nullable PauseLine paused,
    @Nullable ContainmentView containment,
    @Nullable CaseId follows,
    @Nullable CaseId next,
    @Nullable String closeReason,
    boolean sealed,
    List<EventLine> events) {

  /** An event, without its values. */
  public record EventLine(long index, long seq, String type, Instant at, String actor) {}
}
