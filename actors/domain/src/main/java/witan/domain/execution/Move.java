package witan.domain.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.playbook.PlaybookStep;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseKeys;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.Pauses;
import witan.domain.proposal.Phase;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.Voting;
import witan.domain.waiting.Reason;

/**
 * What an execution does next; follows from plan and logged state alone, so any crash resumes here.
 */
public sealed interface Move {
  /** Approved, and checked: begin. */
  record Start() implements Move {}

  /**
   * Write down that the effect is about to happen.
   *
   * @param timeout what the playbook gives it; zero where it says nothing
   */
  record Intend(Order order, Duration timeout) implements Move {}

  /**
   * An intent without an observation, and the order that it is one of.
   *
   * @param intent has pins and deadline; all else is the order's
   */
  record Perform(Order order, CaseEvent.StepIntended intent) implements Move {}

  /** It is not attempted any more; whether an earlier attempt had its effect is looked up. */
  record Abandon(Order order, CaseEvent.StepIntended intent, String why) implements Move {}

  /** The intent is nobody's: it is observed as UNKNOWN, and nothing is sent for it. */
  record Disown(CaseEvent.StepIntended intent, String why) implements Move {}

  /**
   * The case is void, and an alarm is due: no forward order is ever given again.
   *
   * @param code of a {@link Forgery}
   * @param next what may still be done
   */
  record Forged(String code, String detail, Move next) implements Move {}

  /** Nothing to do before that; a delay runs. */
  record Sleep(Instant until) implements Move {}

  record End(ExecutionOutcome outcome, String detail) implements Move {}

  /** The containment was taken back; says why. */
  record Over(String reason) implements Move {}

  /** Something that was worked out for the case. */
  record Tell(CaseCommand command) implements Move {}

  /** Not yet; says why. */
  record Later(Reason why) implements Move {}

  /**
   * Nothing to do: not approved, or closed.
   *
   * @param why what there would be to do is not done; null for most
   */
  record Rest(@Nullable Reason why) implements Move {
    public Rest() {
      this(null);
    }
  }

  /** Whether there is nothing to do: not approved, or no action. */
  static boolean rests(CaseState state) {
    Voting voting = state.voting();
    Outcome outcome = state.outcome();
    boolean decided =
        voting != null && outcome != null && !voting.content().noAction(outcome.option());
    return !decided || (state.phase() != Phase.APPROVED && state.phase() != Phase.EXECUTING);
  }

  static Move next(CaseState state, PlannedWorkflow plan, Attestation attestation, Instant now) {
    if (rests(state)) {
      return new Rest();
    }
    Optional<Forgery> before = provisional(state, attestation).or(() -> endedNothing(state));
    if (state.phase() == Phase.APPROVED) {
      return before.<Move>map(Move::refuse).orElseGet(Start::new);
    }
    Execution execution = state.execution();
    if (execution == null) {
      return new Rest();
    }
    CaseOrders orders = CaseOrders.decided(state, plan);
    Optional<Forgery> forged = Forgery.of(execution, orders::of, attestation).or(() -> before);
    if (forged.isPresent()) {
      Voided voided = new Voided(execution, orders, forged.get());
      return voided.next(voided.end());
    }
    CaseEvent.AbortRequested abort = execution.abort();
    if (abort != null) {
      return Abortion.next(orders, execution, abort);
    }
    WorkflowRun.Status status = WorkflowRun.of(plan, execution, now);
    // What was begun is brought to its end first, also where something else is unknown by now.
    Optional<Move> resumed = resume(status, orders, execution, false);
    if (resumed.isPresent()) {
      return resumed.get();
    }
    Move further = further(status, orders, execution, state.precautions().pauses(), now);
    boolean idle = further instanceof Rest || further instanceof Sleep || further instanceof End;
    // A person's answer is waited for last: other branches go on meanwhile.
    return idle ? resume(status, orders, execution, true).orElse(further) : further;
  }

  /**
   * Every order that may be intended at that time: {@link #next} takes the first that it finds, and
   * of branches that run side by side the clock decides which that is.
   */
  static List<Order> due(CaseState state, PlannedWorkflow plan, Instant now) {
    Execution execution = state.execution();
    if (rests(state) || execution == null) {
      return List.of();
    }
    CaseOrders orders = CaseOrders.decided(state, plan);
    CaseEvent.AbortRequested abort = execution.abort();
    if (abort != null) {
      return Abortion.next(orders, execution, abort) instanceof Intend intend
          ? List.of(intend.order())
          : List.of();
    }
    return WorkflowRun.of(plan, execution, now).intend().stream()
        .flatMap(step -> orders.of(step).stream())
        .toList();
  }

  /** A containment of another option is over: who signed it is asked, not which plan it had. */
  private static Optional<Forgery> provisional(CaseState state, Attestation attestation) {
    Containment containment = state.precautions().containment();
    CaseId caseId = state.caseId();
    if (containment == null || caseId == null) {
      return Optional.empty();
    }
    Execution ledger = containment.ledger();
    return Forgery.of(
        ledger,
        step -> Optional.ofNullable(ledger.intents().get(step)).map(i -> Order.said(caseId, i)),
        attestation);
  }

  /**
   * An abort from before the beginning ends the case at once, by the same decision. One that did
   * not is no rule's work, and would have the case answer a member's real one as a repeat.
   */
  private static Optional<Forgery> endedNothing(CaseState state) {
    Execution x = state.execution();
    return state.seqByKey().containsKey(CaseKeys.ABORT) && (x == null || x.abort() == null)
        ? Optional.of(
            new Forgery(
                Forgery.ABORT,
                "the abort: it came before the execution had begun, and ended nothing",
                Set.of(),
                Set.of()))
        : Optional.empty();
  }

  private static Move refuse(Forgery forgery) {
    return new Forged(
        forgery.code(),
        forgery.detail(),
        new Tell(new CaseCommand.RefuseExecution(forgery.code(), forgery.detail())));
  }

  private static Optional<Move> resume(
      WorkflowRun.Status status, CaseOrders orders, Execution execution, boolean manual) {
    for (String step : status.perform()) {
      CaseEvent.StepIntended intent = execution.intents().get(step);
      Optional<Order> order = orders.of(step);
      if (intent != null
          && order.isPresent()
          && order.get().action().equals(PlaybookStep.MANUAL) == manual) {
        return Optional.of(new Perform(order.get(), intent));
      }
    }
    return Optional.empty();
  }

  private static Move further(
      WorkflowRun.Status status,
      CaseOrders orders,
      Execution execution,
      Pauses pauses,
      Instant now) {
    return switch (status.kind()) {
      case SUCCEEDED ->
          new End(
              rehearsed(execution) ? ExecutionOutcome.REHEARSED : ExecutionOutcome.SUCCEEDED, "");
      case FAILED -> new End(ExecutionOutcome.FAILED, status.detail());
      case UNKNOWN -> new End(ExecutionOutcome.UNKNOWN, status.detail());
      case OPEN -> open(status, orders, pauses.at(now) ? pauses.until() : null, now);
    };
  }

  /**
   * The first order that is due.
   *
   * @param held until then no forward step begins; null where it is not paused
   */
  private static Move open(
      WorkflowRun.Status status, CaseOrders orders, @Nullable Instant held, Instant now) {
    boolean waits = false;
    for (String step : status.intend()) {
      Optional<Order> order = orders.of(step);
      boolean paused = held != null && !step.startsWith(Execution.UNDO);
      if (order.isPresent() && !paused) {
        return orders.intend(order.get());
      }
      waits = waits || paused;
    }
    Instant wake = waits ? WorkflowRun.earlier(status.wake(), held) : status.wake();
    return wake == null ? new Rest() : new Sleep(wake.isBefore(now) ? now : wake);
  }

  private static boolean rehearsed(Execution execution) {
    return execution.adapter().equals("rehearsal")
        || execution.observations().values().stream()
            .anyMatch(o -> o.outcome() == StepOutcome.REHEARSED);
  }
}
