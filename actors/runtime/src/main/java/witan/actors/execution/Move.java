package witan.actors.execution;

import java.util.List;
import java.util.Map;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Execution;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.Phase;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.Voting;

/** What an execution does next; follows from logged state alone, so any crash resumes here. */
sealed interface Move {
  /** Approved, and checked: begin. */
  record Start() implements Move {}

  /** Write down that the step's effect is about to happen. */
  record Intend(StepPlan plan) implements Move {}

  /** An intent without an observation. */
  record Perform(CaseEvent.StepIntended intent) implements Move {}

  record End() implements Move {}

  /** Nothing to do: not approved, or closed. */
  record Rest() implements Move {}

  static Move next(CaseState state, List<StepPlan> plans) {
    Voting voting = state.voting();
    Outcome outcome = state.outcome();
    if (voting != null && outcome != null && !carriedOutHere(voting, outcome)) {
      return new Rest();
    }
    if (state.phase() == Phase.APPROVED) {
      return new Start();
    }
    Execution execution = state.execution();
    if (state.phase() != Phase.EXECUTING || execution == null) {
      return new Rest();
    }
    for (String step : execution.steps()) {
      CaseEvent.StepObserved observed = execution.observations().get(step);
      if (observed == null) {
        return unobserved(step, execution.intents(), plans);
      }
      if (observed.outcome() == StepOutcome.FAILED || observed.outcome() == StepOutcome.UNKNOWN) {
        return new End();
      }
    }
    return new End();
  }

  /** A playbook: neither no action nor a change of the registry. */
  private static boolean carriedOutHere(Voting voting, Outcome outcome) {
    return voting.content().kind() == ProposalKind.INCIDENT
        && !voting.content().noAction(outcome.option());
  }

  private static Move unobserved(
      String step, Map<String, CaseEvent.StepIntended> intents, List<StepPlan> plans) {
    CaseEvent.StepIntended intent = intents.get(step);
    if (intent != null) {
      return new Perform(intent);
    }
    return plans.stream()
        .filter(plan -> plan.step().equals(step))
        .findFirst()
        .<Move>map(Intend::new)
        // The steps were logged from the same playbook; without a plan there is no effect to have.
        .orElseGet(End::new);
  }
}
