package witan.domain.containment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.DomainEvent;
import witan.domain.common.Person;
import witan.domain.registry.RecordedStatement;

/** What happened to a council's containments. */
public sealed interface ContainmentEvent extends DomainEvent {
  /**
   * A case may act before its vote is decided: written before any effect, so that a crash leaves a
   * lease that is counted and runs out.
   *
   * @param terms that it was granted by
   */
  record ContainmentGranted(
      CaseId caseId, List<String> clusters, ContainmentTerms terms, Instant at)
      implements ContainmentEvent {
    public ContainmentGranted {
      clusters = List.copyOf(clusters);
    }
  }

  record ContainmentReleased(CaseId caseId, boolean confirmed, Instant at)
      implements ContainmentEvent {}

  /**
   * The kill switch.
   *
   * @param by who, as {@link Person#pseudonym}
   * @param person {@link Person#sealed}
   * @param said by a member, who alone switches it on again; null where it is switched off, and in
   *     entries before version 4
   */
  record ContainmentSwitched(
      boolean on,
      boolean revert,
      String by,
      String reason,
      @Nullable String idempotencyKey,
      Instant at,
      @Nullable String person,
      @Nullable RecordedStatement said)
      implements ContainmentEvent {
    /** That no member signed. */
    public ContainmentSwitched(
        boolean on,
        boolean revert,
        String by,
        String reason,
        @Nullable String idempotencyKey,
        Instant at,
        @Nullable String person) {
      this(on, revert, by, reason, idempotencyKey, at, person, null);
    }
  }
}
