package witan.http.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.answers.cases.ContainmentView;
import witan.answers.cases.ContainmentView.Contained;
import witan.answers.cases.ContainmentView.NotContained;
import witan.answers.cases.ExecutionHead;
import witan.answers.cases.StepAwaited;
import witan.answers.cases.StepAwaited.Why;
import witan.answers.cases.StepLine;
import witan.answers.cases.StepLine.State;
import witan.domain.playbook.PlaybookStep;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.Voting;

/** Steps that were meant and seen, of executions and of provisional containments. */
public final class ExecutionJson {
  private ExecutionJson() {}

  /** Whether the outcome of any step is unknown. */
  public static boolean hasUnknown(Execution execution) {
    return execution.observations().values().stream()
        .anyMatch(seen -> seen.outcome() == StepOutcome.UNKNOWN);
  }

  /**
   * All but its steps.
   *
   * @param link where they are read, in a case
   * @param resolved unknown steps that a person has looked at since
   */
  static ExecutionHead head(Execution execution, @Nullable String link, Set<String> resolved) {
    CaseEvent.ExecutionEnded ended = execution.ended();
    return new ExecutionHead(
        link,
        execution.option(),
        execution.playbookDigest(),
        execution.adapter(),
        execution.outcome() == ExecutionOutcome.REHEARSED
            || execution.observations().values().stream()
                .anyMatch(o -> o.outcome() == StepOutcome.REHEARSED),
        execution.outcome(),
        ended == null ? null : ended.detail(),
        execution.abort(),
        waitingFor(execution, resolved),
        execution.startedAt(),
        ended == null ? null : ended.at());
  }

  /** In the order of the plan, each with what took it back. */
  static List<StepLine> steps(Execution execution) {
    List<StepLine> steps = new ArrayList<>();
    for (String step : execution.steps()) {
      steps.add(step(step, execution));
      if (execution.intents().containsKey(Execution.UNDO + step)) {
        steps.add(step(Execution.UNDO + step, execution));
      }
    }
    return steps;
  }

  /** What is, or was, there before the decision; with the last refusal where it was not begun. */
  static @Nullable ContainmentView containment(CaseState state) {
    CaseEvent.ContainmentRefused refused = state.precautions().refused();
    Containment containment = state.precautions().containment();
    Voting voting = state.voting();
    if (containment == null || voting == null) {
      return refused == null ? null : new NotContained(refused);
    }
    Execution ledger = containment.ledger();
    List<String> steps = new ArrayList<>(ledger.steps());
    ledger.intents().keySet().stream().filter(s -> !steps.contains(s)).forEach(steps::add);
    return new Contained(
        refused,
        ledger.option(),
        ledger.adapter(),
        containment.grant(),
        ledger.startedAt(),
        containment.expiresAt(voting),
        containment.outcome(),
        steps.stream().map(step -> step(step, ledger)).toList());
  }

  /** The steps that a person has to confirm: until their deadline, and what is unknown after it. */
  private static List<StepAwaited> waitingFor(Execution execution, Set<String> resolved) {
    List<StepAwaited> waiting = new ArrayList<>();
    for (CaseEvent.StepIntended intent : execution.intents().values()) {
      CaseEvent.StepObserved seen = execution.latest(intent.step());
      boolean manual = seen == null && intent.action().equals(PlaybookStep.MANUAL);
      boolean unknown =
          seen != null
              && seen.outcome() == StepOutcome.UNKNOWN
              && !resolved.contains(intent.step());
      if (manual || unknown) {
        waiting.add(
            new StepAwaited(
                intent.step(),
                manual ? Why.MANUAL : Why.UNKNOWN,
                intent.target(),
                intent.parameters(),
                manual ? intent.deadline() : null));
      }
    }
    return waiting;
  }

  private static StepLine step(String step, Execution execution) {
    CaseEvent.StepIntended intent = execution.intents().get(step);
    CaseEvent.StepObserved observed = execution.observations().get(step);
    return new StepLine(
        step,
        observed != null
            ? seen(observed.outcome())
            : intent != null ? State.INTENDED : State.WAITING,
        observed != null && observed.outcome() == StepOutcome.REHEARSED,
        intent,
        observed);
  }

  private static State seen(StepOutcome outcome) {
    return switch (outcome) {
      case DONE -> State.DONE;
      case REHEARSED -> State.REHEARSED;
      case FAILED -> State.FAILED;
      case UNKNOWN -> State.UNKNOWN;
    };
  }
}
