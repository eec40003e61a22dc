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
   * @param follows the case before the one that is opened, about the same resource; else null
   * @param events empty when the alert was pending already: it is forwarded again without a write
   */
  record Forward(
      CaseId caseId, boolean opened, @Nullable CaseId follows, List<CorrelationEvent> events)
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

  /** The newest first. */
  record Cases(List<CaseId> cases) implements CorrelationAnswer {
    public Cases {
      cases = List.copyOf(cases);
    }
  }

  /** Not now: {@code too_many_pending}. */
  record Refused(Refusal refusal) implements CorrelationAnswer {}
}
