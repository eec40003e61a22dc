package witan.domain.correlation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Refusal;

/** What to persist, and then to do. */
public sealed interface CorrelationAnswer {

  /**
   * Send the alert to the case, then settle it.
   *
   * @param opened whether the alert opens the case
   * @param follows the case before {@code caseId}, about the same resource; null where there is
   *     none. Also an alert that joins has it: it may be the first to arrive at its case
   * @param events empty when the alert was pending already: it is forwarded again without a write
   */
  record Forward(
      CaseId caseId, boolean opened, @Nullable CaseId follows, List<CorrelationEvent> events)
      implements CorrelationAnswer {
    public Forward {
      events = List.copyOf(events);
    }
  }

  /** The case has the alert, logged there; nothing to write, and nobody else to ask. */
  record Duplicate(CaseId caseId, long seq, long index) implements CorrelationAnswer {}

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

  /** The newest first. */
  record Cases(List<CaseId> cases) implements CorrelationAnswer {
    public Cases {
      cases = List.copyOf(cases);
    }
  }

  /** Not now: {@code too_many_pending}. */
  record Refused(Refusal refusal) implements CorrelationAnswer {}
}
