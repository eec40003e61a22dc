package witan.answers.alerts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.LeftOut;
import witan.domain.detection.Alert;
import witan.domain.response.ResponseRules;

/** What rules would make of alerts; nothing is taken. */
public record EvaluationAnswer(
    List<EvaluatedAlert> alerts, ResponseRules.@Nullable Evaluation evaluation) {

  /**
   * An alert as it is understood.
   *
   * @param reason why it is no finding, where it is none
   */
  public record EvaluatedAlert(
      int line, Read outcome, @LeftOut @Nullable String reason, Alert alert) {

    /** Whether it would come to a case. */
    public enum Read {
      @JsonProperty("finding")
      FINDING,
      @JsonProperty("recorded")
      RECORDED
    }
  }
}
