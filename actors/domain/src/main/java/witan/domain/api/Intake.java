package witan.domain.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.correlation.Relations;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.detection.Normalised;
import witan.domain.response.ResponseRules;

/** The way in for alerts. */
public interface Intake {
  /**
   * Takes one normalised alert; the stage completes when the alert is in the log.
   *
   * @param normalised a Finding or a NotAFinding
   * @param raw the alert as received
   * @param signed by the alert's sensor, null where it is not; another's word, or of another alert,
   *     is declined ({@code alert_signature})
   */
  CompletionStage<Answer<Intaken>> take(
      Normalised normalised, String raw, @Nullable AlertSignature signed);

  /**
   * Counts what never became an alert: it was refused before {@link #take}. Does not wait; the
   * counts come into the log with the next summary.
   *
   * @param code of the refusal
   */
  default void refused(String sensor, String code) {}

  /**
   * Cases that have to do with the same resources, principals or namespaces as these alerts.
   *
   * @param of left out of the answer
   */
  default CompletionStage<List<Related>> related(CaseId of, List<Alert> alerts) {
    return CompletableFuture.completedFuture(List.of());
  }

  /** What the response rules would propose for a case of these alerts; changes nothing. */
  default Optional<ResponseRules.Evaluation> evaluate(List<Alert> alerts) {
    return Optional.empty();
  }

  /** A case, and all that it has in common. */
  record Related(CaseId caseId, List<Relations.Kind> by) {
    public Related {
      by = List.copyOf(by);
    }
  }
}
