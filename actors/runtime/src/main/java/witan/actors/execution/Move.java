package witan.actors.execution;

import java.time.Instant;
import java.util.Optional;
import witan.domain.playbook.PlannedStep;
import witan.domain.playbook.PlannedWorkflow;
import witan.domain.playbook.PlaybookStep;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
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
  record Intend(PlannedStep step) implements Move {}

  /** An intent without an observation. */
  record Perform(CaseEvent.StepIntended intent) implements Move {}

  /** Nothing to do before that; a delay runs. */
  record Sleep(Instant until) implements Move {}

  record End(ExecutionOutcome outcome, String detail) implements Move {}

  /** The containment was taken back; says why. */
  record Over(String reason) implements Move {}

  /** Something that was worked out for the case. */
  record Tell(CaseCommand command) implements Move {}

  /** Not yet; says why. */
  record Later(String reason) implements Move {}

  /** Nothing to do: not approved, or closed. */
  record Rest() implements Move {}

  /** Whether a playbook has nothing to do: not approved, no action, or a change of the registry. */
  static boolean rests(CaseState state) {
    Voting voting = state.voting();
    Outcome outcome = state.outcome();
    boolean playbook =
        voting != null
            && outcome != null
            && voting.content().kind() == ProposalKind.INCIDENT
            && !voting.content().noAction(outcome.option());
    return !playbook || (state.phase() != Phase.APPROVED && state.phase() != Phase.EXECUTING);
  }

  static Move next(CaseState state, PlannedWorkflow plan, Instant now) {
    if (rests(state)) {
      return new Rest();
    }
    if (state.phase() == Phase.APPROVED) {
      return new Start();
    }
    Execution execution = state.execution();
    if (state.phase() != Phase.EXECUTING || execution == null) {
      return new Rest();
    }
    CaseEvent.AbortRequested abort = execution.abort();
    if (abort != null) {
      return Abortion.next(plan, execution, abort);
    }
    WorkflowRun.Status status = WorkflowRun.of(plan, execution, now);
    // What was begun is brought to its end first, also where something else is unknown by now.
    Optional<Move> resumed = resume(status, execution, false);
    if (resumed.isPresent()) {
      return resumed.get();
    }
    Move further = further(status, plan, execution, now);
    boolean idle = further instanceof Rest || further instanceof Sleep || further instanceof End;
    // A person's answer is waited for last: other branches go on meanwhile.
    return idle ? resume(status, execution, true).orElse(further) : further;
  }

  private static Optional<Move> resume(
      WorkflowRun.Status status, Execution execution, boolean manual) {
    return status.perform().stream()
        .map(execution.intents()::get)
        .filter(intent -> intent != null)
        .filter(intent -> intent.action().equals(PlaybookStep.MANUAL) == manual)
        .findFirst()
        .map(Perform::new);
  }

  private static Move further(
      WorkflowRun.Status status, PlannedWorkflow plan, Execution execution, Instant now) {
    return switch (status.kind()) {
      case SUCCEEDED ->
          new End(
              rehearsed(execution) ? ExecutionOutcome.REHEARSED : ExecutionOutcome.SUCCEEDED, "");
      case FAILED -> new End(ExecutionOutcome.FAILED, status.detail());
      case UNKNOWN -> new End(ExecutionOutcome.UNKNOWN, status.detail());
      case OPEN -> open(status, plan, now);
    };
  }

  private static Move open(WorkflowRun.Status status, PlannedWorkflow plan, Instant now) {
    for (String id : status.intend()) {
      Optional<PlannedStep> step =
          id.startsWith(Execution.UNDO)
              ? WorkflowRun.undo(plan, id)
              : Optional.ofNullable(plan.steps().get(id));
      if (step.isPresent()) {
        return new Intend(step.get());
      }
    }
    Instant wake = status.wake();
    return wake == null ? new Rest() : new Sleep(wake.isBefore(now) ? now : wake);
  }

  private static boolean rehearsed(Execution execution) {
    return execution.adapter().equals("rehearsal")
        || execution.observations().values().stream()
            .anyMatch(o -> o.outcome() == StepOutcome.REHEARSED);
  }
}
