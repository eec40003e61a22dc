package witan.answers.alerts;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import witan.answers.log.ReceiptAnswer;
import witan.domain.common.CaseId;
import witan.domain.common.LeftOut;

/** What became of one alert; {@code line} is that of NDJSON, or its place in an array, from 1. */
public sealed interface AlertLine {

  /**
   * It is in the log.
   *
   * @param follows the earlier case about the resource, where this alert opened another
   * @param clockAheadSeconds how far its time is ahead of ours, where it is
   */
  record AlertTaken(
      int line,
      String alertId,
      Taken outcome,
      @Nullable CaseId caseId,
      @LeftOut @Nullable CaseId follows,
      @LeftOut @Nullable Long clockAheadSeconds,
      ReceiptAnswer receipt)
      implements AlertLine {

    /** What it came to. */
    public enum Taken {
      @JsonProperty("opened")
      OPENED,
      @JsonProperty("joined")
      JOINED,
      @JsonProperty("duplicate")
      DUPLICATE,
      @JsonProperty("suppressed")
      SUPPRESSED,
      @JsonProperty("recorded")
      RECORDED
    }
  }

  /** It is not. */
  record AlertRefused(int line, Refused outcome, String code, String detail, String hint)
      implements AlertLine {

    public AlertRefused(int line, String code, String detail, String hint) {
      this(line, Refused.REFUSED, code, detail, hint);
    }

    /** Always the same. */
    public enum Refused {
      @JsonProperty("refused")
      REFUSED
    }
  }
}
