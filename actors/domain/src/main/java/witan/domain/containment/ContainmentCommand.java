package witan.domain.containment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Person;
import witan.domain.registry.RecordedStatement;

/** What may be asked of a council's containments. */
public sealed interface ContainmentCommand {
  /**
   * Asks for a lease, before anything is done under it. Idempotent by case: a case is granted one.
   *
   * @param clusters that will be touched
   */
  record GrantContainment(CaseId caseId, List<String> clusters, ContainmentTerms terms)
      implements ContainmentCommand {
    public GrantContainment {
      clusters = clusters.stream().sorted().distinct().toList();
    }
  }

  /** The effects were taken back, or the vote confirmed them. Idempotent. */
  record ReleaseContainment(CaseId caseId, boolean confirmed) implements ContainmentCommand {}

  /**
   * The kill switch: there are no grants from now on.
   *
   * @param revert whether what was granted so far is taken back now
   * @param by who says so
   */
  record SwitchOff(boolean revert, Person by, String reason, @Nullable String idempotencyKey)
      implements ContainmentCommand {}

  /**
   * There are grants again. Idempotent while it is the last use of the switch.
   *
   * @param said that a member says so, as the registry has recorded it
   * @param lifts number of the event that switched it off
   */
  record SwitchOn(RecordedStatement said, long lifts) implements ContainmentCommand {}
}
