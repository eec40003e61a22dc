package witan.actors.planning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Unproposed;

/**
 * How long a member's proposal is waited for, where no rule proposes anything.
 *
 * @param length from the beginning of the case on; zero: not at all
 * @param proposals those that members have made
 */
public record Patience(Duration length, HandProposals proposals, InstantSource clock) {
  /** Nobody is waited for. */
  public static final Patience NONE =
      new Patience(Duration.ZERO, new HandProposals(), InstantSource.system());

  /**
   * What becomes of that case now.
   *
   * @param began time of its first entry
   * @param founded before it nobody could propose anything; null where it is not known
   */
  Unproposed of(CaseState observed, Instant began, @Nullable Instant founded) {
    CaseId byHand = proposals.naming(observed.alerts()).orElse(null);
    Instant from = founded != null && founded.isAfter(began) ? founded : began;
    return Unproposed.of(from, length, byHand, clock.instant());
  }
}
