package witan.domain.correlation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;

/** What correlation remembers; in the journal, not in the log. */
public sealed interface CorrelationEvent {
  Instant at();

  /**
   * The alert is to be sent to the case, and pending until {@link AssignmentSettled}.
   *
   * @param opened whether the alert opens the case
   * @param follows the case that was here before {@code caseId}; null where there was none
   * @param at when the alert was received
   */
  record AlertAssigned(
      String alertKey,
      Digest fingerprint,
      CaseId caseId,
      boolean opened,
      @Nullable CaseId follows,
      Instant at)
      implements CorrelationEvent {}

  /** The case has to do with what this key stands for, a principal say. */
  record CaseRelated(CaseId caseId, Instant at) implements CorrelationEvent {}

  /**
   * The case has the alert.
   *
   * @param seq and {@code index}: where it is logged, for the answer to a redelivery
   */
  record AssignmentSettled(String alertKey, long seq, long index, Instant at)
      implements CorrelationEvent {}

  /** The case did not take the alert. */
  record AssignmentReleased(String alertKey, CaseId caseId, Instant at)
      implements CorrelationEvent {}

  record CaseLeft(CaseId caseId, Instant at) implements CorrelationEvent {}
}
