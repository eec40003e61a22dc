package witan.domain.correlation;

import java.time.Instant;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.detection.Severity;

/** What may be asked of the correlation of one resource. */
public sealed interface CorrelationCommand {

  /**
   * Finds the case of an alert; idempotent by alert key.
   *
   * @param alertKey {@link witan.domain.detection.Alert#key()}
   * @param fingerprint of {@link Fingerprint#of}
   * @param ingestedAt when the alert was received
   * @param proposedCaseId the id of the case if one must be opened; made by the shell
   */
  record Correlate(
      String alertKey,
      Digest fingerprint,
      Severity severity,
      Instant ingestedAt,
      CaseId proposedCaseId)
      implements CorrelationCommand {}

  /**
   * The case has logged the alert.
   *
   * @param seq number of the alert's entry in its case
   * @param index of the entry in the log
   */
  record Settle(String alertKey, long seq, long index) implements CorrelationCommand {}

  /**
   * The case would not take the alert (closed or full): the alert loses its case, and the case
   * takes no more; correlate again. Only after such a refusal, never after a mere time-out, or one
   * alert could stand in two cases.
   */
  record Release(String alertKey) implements CorrelationCommand {}

  /**
   * The case has to do with what this key stands for. Idempotent; only for keys of {@link
   * Relations}.
   */
  record Relate(CaseId caseId) implements CorrelationCommand {}

  /** Which cases were here. */
  record ReadCases() implements CorrelationCommand {}

  /** The case is closed: later alerts open another. */
  record LeaveCase(CaseId caseId) implements CorrelationCommand {}
}
