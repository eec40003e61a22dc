package witan.domain.correlation;

import java.util.List;
import witan.domain.common.CaseId;
import witan.domain.common.Refusal;

/** What to persist, and then to do. */
public sealed interface CorrelationAnswer {

  /**
   * Send the alert to the case, then settle it.
   *
   * @param opened whether the alert opens the case
   * @param events empty when the alert was pending already: it is forwarded again without a write
   */
  record Forward(CaseId caseId, boolean opened, List<CorrelationEvent> events)
      implements CorrelationAnswer {
    public Forward {
      events = List.copyOf(events);
    }
  }

  /** The case has the alert; nothing to write. */
  record Duplicate(CaseId caseId) implements CorrelationAnswer {}

  /**
   * Done.
   *
   * @param events empty when there was nothing to change
   */
  record Noted(List<CorrelationEvent> events) implements CorrelationAnswer {
    public Noted {
      events = List.copyOf(events);
    }
  }

  /** Not now: {@code too_many_pending}. */
  record Refused(Refusal refusal) implements CorrelationAnswer {}
}
