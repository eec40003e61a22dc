package witan.domain.detection;

import witan.domain.common.Refusal;

/** What a normaliser makes of one event. */
public sealed interface Normalised {
  /** An alert that may open or join a case. */
  record Finding(Alert alert) implements Normalised {}

  /**
   * Understood, but not a finding (engine metrics, drops, test rules): recorded, never opens a
   * case.
   *
   * @param reason stable, {@code snake_case}
   */
  record NotAFinding(Alert alert, String reason) implements Normalised {}

  /** Not understood. */
  record Unreadable(Refusal refusal) implements Normalised {}
}
