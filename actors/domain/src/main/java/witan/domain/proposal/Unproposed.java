package witan.domain.proposal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;

/** What becomes of a case that no rule proposes anything for: it waits for a member to do so. */
public sealed interface Unproposed {
  /** Nobody has proposed anything yet, and it is asked until then. */
  record Waits(Instant until) implements Unproposed {}

  /** There is nothing to wait for any more. */
  record Dismissed(String reason) implements Unproposed {}

  String NOTHING_PROPOSED = "no_response_option";

  /** Followed by the name of the case in which it is voted on. */
  String BY_HAND = "proposed_by_hand: ";

  /**
   * A function of what is logged and of the time, so that it goes on after a restart where it was.
   *
   * @param began when the case began, or the council, whichever is later
   * @param patience how long it waits from then on
   * @param byHand the case in which a member's proposal for its alerts is voted on
   */
  static Unproposed of(Instant began, Duration patience, @Nullable CaseId byHand, Instant now) {
    if (byHand != null) {
      return new Dismissed(BY_HAND + byHand);
    }
    Instant until = began.plus(patience);
    return now.isBefore(until) ? new Waits(until) : new Dismissed(NOTHING_PROPOSED);
  }
}
