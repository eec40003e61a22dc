package witan.domain.intake;

import java.time.Instant;
import witan.domain.common.DomainEvent;
import witan.domain.detection.Alert;

/** What a sensor sent that opened no case. */
public sealed interface IntakeEvent extends DomainEvent {

  /**
   * Understood and kept, but not a finding.
   *
   * @param reason stable, {@code snake_case}
   * @param raw the event as received; sealed
   */
  record NonFindingRecorded(Alert alert, String reason, String raw, Instant at)
      implements IntakeEvent {}
}
