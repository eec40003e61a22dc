package witan.domain.proposal;

import java.time.Instant;

/** What a case needs from outside; a function of its logged state and the time. */
public sealed interface NextWork {
  /** Choose policy, electorate and options, then open the voting, or dismiss the case. */
  record PlanResponse() implements NextWork {}

  /**
   * The vote, or the time for late ballots, runs.
   *
   * @param deadline when to send {@link CaseCommand.CheckDeadline}
   * @param due true when it has come
   */
  record AwaitDeadline(Instant deadline, boolean due) implements NextWork {}

  /** Go on with the execution: recount and start it, or take its next step. */
  record Execute() implements NextWork {}

  record Nothing() implements NextWork {}

  /**
   * Whether the executor has to look after what is done before the decision: to begin it, or as
   * long as its effects are there.
   */
  static boolean containment(CaseState state) {
    Voting voting = state.voting();
    Precautions known = state.precautions();
    Containment containment = known.containment();
    if (containment != null) {
      return containment.open();
    }
    CaseEvent.ContainmentRefused refused = known.refused();
    return state.phase() == Phase.VOTING
        && voting != null
        && voting.content().provisionalContainment()
        && known.refusals() < ContainmentRules.MAX_REFUSALS
        && (refused == null || state.alerts().size() > refused.alerts());
  }

  static NextWork of(CaseState state, Instant now) {
    Voting voting = state.voting();
    return switch (state.phase()) {
      case OBSERVING -> new PlanResponse();
      case VOTING, REJECTED, EXPIRED ->
          voting == null
              ? new Nothing()
              : new AwaitDeadline(voting.deadline(), !now.isBefore(voting.deadline()));
      case APPROVED, EXECUTING -> {
        Outcome outcome = state.outcome();
        yield voting != null && outcome != null && Phases.nothingToDo(voting, outcome)
            ? new AwaitDeadline(voting.deadline(), !now.isBefore(voting.deadline()))
            : new Execute();
      }
      case UNOPENED, VETOED, CLOSED -> new Nothing();
    };
  }
}
