package witan.domain.proposal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Decision;
import witan.domain.common.Refusal;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;

/**
 * Takes alerts into a case. Codes: {@code wrong_case}, {@code wrong_council}, {@code case_full},
 * {@code alert_signature}.
 */
final class AlertRecording {
  private final SignatureCheck signatures;

  AlertRecording(SignatureCheck signatures) {
    this.signatures = signatures;
  }

  Decision<CaseEvent> record(CaseState s, CaseCommand.RecordAlert c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.alert(c.alert().key()));
    boolean first = s.phase() == Phase.UNOPENED;
    if (!first && !c.caseId().equals(s.caseId())) {
      return Decision.refuse(
          "wrong_case", "this is case " + s.caseId(), "send the alert to case " + c.caseId());
    }
    if (!first && !c.councilId().equals(s.councilId())) {
      return Decision.refuse(
          "wrong_council", "the case is of council " + s.councilId(), "use that council's sensors");
    }
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    if (s.phase() == Phase.CLOSED) {
      return Phases.closed(s);
    }
    if (s.alerts().size() >= CaseAggregate.MAX_ALERTS) {
      return Decision.refuse(
          "case_full", "the case has " + CaseAggregate.MAX_ALERTS + " alerts", "open another case");
    }
    Optional<Refusal> forged = forged(c.councilId(), c.alert(), c.signed());
    if (forged.isPresent()) {
      return new Decision.Refused<>(forged.get());
    }
    CaseEvent recorded = new CaseEvent.AlertRecorded(c.alert(), c.raw(), c.signed(), now);
    return first
        ? Decision.accept(
            List.of(
                new CaseEvent.CaseOpened(c.caseId(), c.councilId(), c.follows(), now), recorded))
        : Decision.accept(recorded);
  }

  /** Whether a signature is not what it says; an alert without one is nobody's word, not forged. */
  Optional<Refusal> forged(String councilId, Alert alert, @Nullable AlertSignature signed) {
    return signed == null || signatures.signed(councilId, alert, signed)
        ? Optional.empty()
        : Optional.of(signed.refused(alert));
  }
}
