package witan.domain.containment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.DomainEvent;
import witan.domain.common.Person;

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
   */
  record ContainmentSwitched(
      boolean on,
      boolean revert,
      String by,
      String reason,
      @Nullable String idempotencyKey,
      Instant at,
      @Nullable String person)
      implements ContainmentEvent {}
}
