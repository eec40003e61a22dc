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
}
