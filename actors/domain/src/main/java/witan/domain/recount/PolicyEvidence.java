package witan.domain.recount;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import witan.domain.detection.Alert;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.Gravity;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Snapshot;
import witan.domain.registry.Charter;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryState;

/**
 * By which rules the vote of a case had to be opened: worked out from the case's own events and the
 * registry, whatever the opening says of itself. For the executor before it acts and for the
 * auditor.
 */
public final class PolicyEvidence {
  private final List<Alert> alerts = new ArrayList<>();
  private CaseEvent.@Nullable Proposed proposed;
  private CaseEvent.@Nullable VotingOpened opening;

  /**
   * Takes the evidence from a case.
   *
   * @param events from the first one on; what comes after the opening of the vote is passed over
   */
  public PolicyEvidence(List<CaseEvent> events) {
    for (CaseEvent event : events) {
      if (event instanceof CaseEvent.Proposed e) {
        proposed = e;
      } else if (event instanceof CaseEvent.AlertRecorded e) {
        alerts.add(e.alert());
      } else if (event instanceof CaseEvent.VotingOpened e) {
        opening = e;
        break;
      }
    }
  }

  /** The urgency that the vote had to be opened with. */
  public Urgency urgency() {
    return gravity(alerts.size()).urgency();
  }

  /** What is wrong with the policy or the domain that the vote was opened with, for a person. */
  public Optional<String> problem(RegistryHistory history, Snapshot snapshot) {
    CaseEvent.VotingOpened vote = opening;
    if (vote == null) {
      return Optional.empty();
    }
    RegistryState council = snapshot.rights(history);
    Charter charter = council.charter();
    if (charter == null || !charter.domain().equals(vote.domain())) {
      return Optional.of("ballots were asked for in another signing domain than the charter's");
    }
    return gravities().anyMatch(gravity -> chosen(council, gravity, vote).isPresent())
        ? Optional.empty()
        : Optional.of(
            "policy "
                + vote.policy().name()
                + " of the vote is not the one that the rules in force choose for "
                + gravity(alerts.size()));
  }

  /**
   * On whose alerts a provisional containment may stand, by the rules in force; empty where none
   * may run, or the vote was opened with other rules.
   */
  public Optional<AlertTrust> containment(RegistryHistory history, Snapshot snapshot) {
    CaseEvent.VotingOpened vote = opening;
    if (vote == null) {
      return Optional.empty();
    }
    RegistryState council = snapshot.rights(history);
    return gravities()
        .flatMap(gravity -> chosen(council, gravity, vote).stream())
        .findFirst()
        .flatMap(choice -> Optional.ofNullable(choice.containment()));
  }

  private static Optional<PolicyTable.Choice> chosen(
      RegistryState council, Gravity gravity, CaseEvent.VotingOpened vote) {
    return council
        .choose(gravity)
        .filter(choice -> choice.policy().equals(vote.policy()))
        .filter(choice -> Objects.equals(choice.normal(), vote.normal()))
        .filter(
            choice -> choice.provisionalContainment() == vote.content().provisionalContainment());
  }

  /**
   * The policy is chosen before the vote opens, and alerts may come in between. The case refuses an
   * opening whose urgency they have changed; a severity that they raised within one urgency counts
   * for later cases, as all that comes late.
   */
  private Stream<Gravity> gravities() {
    Urgency urgency = urgency();
    return proposed != null
        ? Stream.of(gravity(0))
        : IntStream.rangeClosed(1, alerts.size())
            .mapToObj(this::gravity)
            .filter(gravity -> gravity.urgency() == urgency);
  }

  private Gravity gravity(int first) {
    return proposed != null
        ? proposed.signed().draft().gravity()
        : Gravity.ofIncident(
            alerts.subList(0, first), opening == null ? List.of() : opening.content().options());
  }
}
