package witan.domain.api;

import java.util.concurrent.CompletionStage;
import witan.domain.detection.Normalised;

/** The way in for alerts. */
public interface Intake {
  /**
   * Takes one normalised alert; the stage completes when the alert is in the log.
   *
   * @param normalised a Finding or a NotAFinding
   * @param raw the alert as received
   */
  CompletionStage<Answer<Intaken>> take(Normalised normalised, String raw);

  /**
   * Counts what never became an alert: it was refused before {@link #take}. Does not wait; the
   * counts come into the log with the next summary.
   *
   * @param code of the refusal
   */
  default void refused(String sensor, String code) {}
}
