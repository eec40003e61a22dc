package witan.domain.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Snapshot;
import witan.domain.proposal.SnapshotRule;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryState;

/**
 * A case as logged.
 *
 * @param index log index of its last entry
 * @param events all of them, in order
 */
public record LoggedCase(CaseState state, long index, List<LoggedEvent> events) {
  /** Where it begins, by the rule of the entry that opened its vote; the newest without one. */
  public Snapshot snapshot() {
    List<CaseEvent> own = new ArrayList<>();
    for (LoggedEvent logged : events) {
      if (logged.event() instanceof CaseEvent event) {
        own.add(event);
      }
    }
    return Snapshot.of(
        opening().map(o -> SnapshotRule.of(o.v())).orElse(SnapshotRule.BY_LOG),
        events.get(0).place(),
        own);
  }

  /** The registry when its vote opened; it must have one. */
  public RegistryState registryAtOpening(RegistryHistory history) {
    LoggedEvent opening = opening().orElseThrow();
    return SnapshotRule.of(opening.v()).rights(history, opening.place());
  }

  private Optional<LoggedEvent> opening() {
    return events.stream().filter(e -> e.event() instanceof CaseEvent.VotingOpened).findFirst();
  }
}
