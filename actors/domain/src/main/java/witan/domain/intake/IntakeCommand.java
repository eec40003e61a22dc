package witan.domain.intake;

import witan.domain.detection.Alert;

/** What may be asked of a sensor's intake. */
public sealed interface IntakeCommand {
  /** Idempotent by (sensor, alert id). */
  record RecordNonFinding(Alert alert, String reason, String raw) implements IntakeCommand {}
}
